import { lstatSync } from 'node:fs'
import { basename, join, normalize } from 'node:path'
import { typeOfFile } from '../choosing/file-types.ts'
import type { Plan } from '../planning/plan.ts'
import { readText } from './read-text.ts'

/** Where a check is looked at. */
export interface CheckContext {
  readonly cwd: string
  /** Names that are in the tree. */
  readonly listed: ReadonlySet<string>
  /** Whether a path is what is judged: then it is no judge. */
  readonly isSource: (path: string) => boolean
}

/** What the command lines of a check name. */
export interface NamedByCheck {
  /** Files that judge. */
  readonly files: ReadonlySet<string>
  /** Base names of programs. */
  readonly programs: ReadonlySet<string>
  /** What make is to make: a file of that name, and nothing is made. */
  readonly targets: readonly string[]
}

const SHELLS = /^(?:ba|da|k|z)?sh$/
const PATHS = /[\w@.+-]+(?:\/[\w@.+-]+)*/g

/**
 * What a check judges by: the script that it starts, even where that is a source, and other files on its command line and
 * in its shell scripts where they are none.
 */
export function namedByCheck(plans: readonly Plan[], context: CheckContext): NamedByCheck {
  const commands = plans.map(({ argv, folder, checker }) => ({
    argv,
    folder,
    // What a known checker is given is what it checks: bash -n is no script's start.
    script: checker ? [] : scriptIn(argv),
    words: argv.flatMap((word) => [word, ...(word.match(PATHS) ?? [])]),
  }))
  const inTree = (folder: string, words: readonly string[]) =>
    words.flatMap((word) => insideOf(folder, word)).filter((path) => isFile(path, context.cwd))
  const scripts = commands.flatMap(({ script, folder }) => inTree(folder, script))
  const others = commands
    .flatMap(({ words, folder }) => inTree(folder, words))
    .filter((path) => !context.isSource(path))
  const files = withMentioned([...scripts, ...others], context)
  const words = [
    ...commands.flatMap((command) => command.words),
    ...[...files].flatMap((path) => wordsIn(path, context.cwd)),
  ]
  return {
    files,
    programs: new Set(words.map((word) => basename(word))),
    targets: commands.flatMap(({ argv, folder }) => targetsIn(argv).flatMap((word) => insideOf(folder, word))),
  }
}

/** These paths and, of those that are scripts or give orders, what they mention and what is no source, and so on. */
export function withMentioned(paths: readonly string[], context: CheckContext): Set<string> {
  const all = new Set(paths)
  // What is added to a set while it is walked through is walked through too.
  for (const path of all) {
    for (const word of wordsIn(path, context.cwd)) {
      const named = normalize(word)
      if (context.listed.has(named) && !context.isSource(named)) all.add(named)
    }
  }
  return all
}

/** The first word where it is a path, or what a shell is told to run. */
function scriptIn([program = '', ...args]: readonly string[]): string[] {
  if (!SHELLS.test(basename(program))) return program.includes('/') ? [program] : []
  return args.filter((arg) => !arg.startsWith('-')).slice(0, 1)
}

function targetsIn([program = '', ...args]: readonly string[]): string[] {
  if (!/^g?make$/.test(basename(program))) return []
  return args.filter((word) => !word.startsWith('-') && !word.includes('='))
}

/** A word as a path inside the tree; nothing where it cannot be one. */
function insideOf(folder: string, word: string): string[] {
  if (word.startsWith('/')) return []
  const path = normalize(join(folder, word))
  return path === '.' || path.startsWith('..') ? [] : [path]
}

/** A word may be anything, also what no file system takes for a name. */
function isFile(path: string, cwd: string): boolean {
  try {
    return !lstatSync(join(cwd, path)).isDirectory()
  } catch {
    return false
  }
}

/** What looks like a path in a shell script, a makefile, or a command of `package.json`. */
function wordsIn(path: string, cwd: string): readonly string[] {
  const name = basename(path)
  if (name === 'package.json') return scriptsOf(readText(join(cwd, path))).match(PATHS) ?? []
  const givesOrders = /^(?:GNU)?makefile$|\.mk$|^\.?justfile$/i.test(name) || typeOfFile(path, cwd) === 'shell'
  return (givesOrders && readText(join(cwd, path)).match(PATHS)) || []
}

function scriptsOf(text: string): string {
  return /"scripts"\s*:\s*\{([^{}]*)\}/.exec(text)?.[1] ?? ''
}
