import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { commandsStarted } from '../choosing/commands-started.ts'
import { type Checker, type Checkers, runsCode } from '@loop-runner/checker-table'
import { typeOfFile, typeOfFirstLine, typeOfName } from '../choosing/file-types.ts'
import { wordsOfScript } from '../choosing/package-script.ts'
import { asArgument, fillIn, type Plan } from './plan.ts'
import type { PlanContext } from './plan-checkers.ts'
import { projectsIn } from './project-references.ts'
import { recognise } from '../choosing/recognise.ts'

/** The run of a command that was given: as it is, with the sources in the place of each `{}`. */
export function planCommand(command: readonly string[], { sources, checkers, cwd }: PlanContext): Plan {
  const argv = fillIn(command, '{}', sources.map(asArgument))
  const started = wordsOfScript(argv, cwd) ?? argv
  const checker = recognise(started, checkers)
  const plan = { argv, started, folder: '.', checker, files: [] }
  if (!checker) return { ...plan, ...insideOf(argv, checkers, cwd) }
  if (checker.projectReferences && looksAtNothing(started, cwd)) {
    const message = `lr-check: ${argv[0]}: its project lists no files, only other projects (say tsc -b, or lr-check -c tsc)\n`
    return { ...plan, obstacle: { outcome: 'none', message } }
  }
  if (!namesOnlyEmpty(started, checker, cwd) && !namesOnlyForeign(started, checker, cwd)) return plan
  // Some linters say nothing of a folder in which there is nothing for them, and that reads like a pass.
  const message = `lr-check: ${argv[0]}: no file of its types in what it is given (${checker.types.join(', ')})\n`
  return { ...plan, obstacle: { outcome: 'none', message } }
}

function insideOf(argv: readonly string[], checkers: Checkers, cwd: string): Pick<Plan, 'commands' | 'inside'> {
  const commands = commandsStarted(argv, cwd)
  return { commands, inside: commands.flatMap((words) => recognise(words, checkers) ?? []) }
}

/** Whether tsc is started for a project that lists other projects only, and not so that it builds them. */
function looksAtNothing(words: readonly string[], cwd: string): boolean {
  if (words.some((word) => /^(?:-b|--build|--version|-v|--showConfig)$/.test(word) || /\.[cm]?tsx?$/.test(word)))
    return false
  const at = words.findIndex((word) => word === '-p' || word === '--project')
  const project = at < 0 ? '.' : (words[at + 1] ?? '.')
  return !projectsIn(project, cwd).includes(project)
}

/** Whether a linter is given folders, no file beside them, and none of these holds a file for it. */
function namesOnlyEmpty([, ...args]: readonly string[], { kind, types, target }: Checker, cwd: string): boolean {
  if (runsCode(kind) || target === 'project' || types.length === 0) return false
  const named = args
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(cwd, word))
    .filter((path) => existsSync(path))
  return named.length > 0 && named.every((path) => statSync(path).isDirectory() && !holdsAny(path, types))
}

/** Whether a linter is given files all of whose first lines name an interpreter of another type: it cannot read them. */
function namesOnlyForeign([, ...args]: readonly string[], { kind, types }: Checker, cwd: string): boolean {
  if (runsCode(kind) || types.length === 0) return false
  const files = args.filter((word) => !word.startsWith('-') && existsSync(resolve(cwd, word)))
  return files.length > 0 && files.every((file) => isForeign(file, types, cwd))
}

function isForeign(file: string, types: readonly string[], cwd: string): boolean {
  if (!statSync(resolve(cwd, file)).isFile()) return false
  const type = typeOfFirstLine(file, cwd)
  return type !== undefined && !types.includes(type) && type !== typeOfName(file)
}

/** Looked at until one is found; what cannot be looked into may hold some. */
function holdsAny(folder: string, types: readonly string[]): boolean {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return true
  }
  return (
    entries.some((entry) => entry.isFile() && types.includes(typeOfFile(entry.name, folder) ?? '')) ||
    entries.some(
      (entry) => entry.isDirectory() && !PASSED_OVER.has(entry.name) && holdsAny(join(folder, entry.name), types),
    )
  )
}

/** Folders that no linter looks into, and that hold much. */
const PASSED_OVER = new Set(['.git', 'node_modules'])
