import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import picomatch from 'picomatch'
import { type BuiltIn, CHAINS, type Checker, type Checkers, OWN_PROGRAM } from '@loop-runner/checker-table'
import { chooseTests } from '../choosing/choose-tests.ts'
import { builtInOf, chooseFrom, missingProgram } from '../choosing/choose-checker.ts'
import { typeOfFile } from '../choosing/file-types.ts'
import { findProgram } from '../choosing/find-program.ts'
import { asArgument, fillIn, type Plan } from './plan.ts'
import { projectsIn } from './project-references.ts'

/** Where checkers are looked for, and what they are for. */
export interface PlanContext {
  readonly checkers: Checkers
  readonly sources: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * The default runs for sources: of each chain of their types the first checker that is installed, and the tests among
 * them.
 *
 * @param note receives a line for each type with missing checkers
 */
export function planByType(context: PlanContext, note: (message: string) => void): Plan[] {
  const types = new Set(context.sources.map((path) => typeOfFile(path, context.cwd)))
  const names = new Set<string>()
  const missing: Missing[] = []
  for (const type of types) {
    for (const chain of type === undefined ? [] : (CHAINS[type] ?? [])) {
      const { chosen, missing: absent } = chooseFrom(chain, context)
      if (chosen !== undefined) names.add(chosen)
      if (absent.length > 0) missing.push({ type, absent, instead: chosen })
    }
  }
  noteMissing(missing, [...names], context, note)
  const tests = chooseTests(context)
  const inOrder = Object.keys(context.checkers).filter((name) => names.has(name) || tests.has(name))
  return inOrder.flatMap((name) => planChecker(name, { ...context, sources: tests.get(name) ?? context.sources }))
}

/** A chain of checkers of which the first ones are not installed. */
interface Missing {
  readonly type: string | undefined
  readonly absent: readonly string[]
  /** The checker that runs in their place. */
  readonly instead: string | undefined
}

/** One line for each file type with missing checkers, which tells whether others check it. */
function noteMissing(
  missing: readonly Missing[],
  chosen: readonly string[],
  { checkers }: PlanContext,
  note: (message: string) => void,
): void {
  for (const type of new Set(missing.map((one) => one.type))) {
    const ofType = missing.filter((one) => one.type === type)
    const absent = ofType.flatMap((one) => one.absent)
    const others = chosen.filter((name) => checkers[name]?.types.includes(type ?? ''))
    const instead = ofType.flatMap((one) => one.instead ?? [])
    const so =
      others.length === 0 ? ', so nothing checks it' : instead.length > 0 ? `, so ${instead.join(', ')} runs` : ''
    note(`${type}: ${absent.join(', ')} not found${so} (see lr-check --doctor)`)
  }
}

/** The runs of one checker: one, or one for each file or project. */
export function planChecker(name: string, context: PlanContext): Plan[] {
  const checker = context.checkers[name]
  if (!checker) return []
  const { cwd, env } = context
  const files = filesFor(checker, context)
  const builtIn = builtInOf(checker, cwd, env)
  if (builtIn !== undefined) return planBuiltIn(name, builtIn, checker, files)
  const [program = '', ...rest] = checker.command
  const command = [findProgram(program, cwd, env) ?? program, ...rest]
  const plans =
    files.length === 0 ? [withoutFiles(name, command, checker)] : withFiles(command, checker, files, context)
  const missing = missingProgram(checker, cwd, env)
  if (missing === undefined) return plans.map((plan) => ({ ...plan, isComposed: true }))
  const install = checker.install === undefined ? '' : ` (install it: ${checker.install})`
  const message = `lr-check: ${missing}: not found${install}\n`
  return plans.slice(0, 1).map((plan) => ({ ...plan, obstacle: { outcome: 'missing', message } }))
}

/** On what the result of a checker for these files depends, where it may be kept. */
function cacheOf({ cache: inputs }: Checker, files: readonly string[]): Plan['cache'] {
  return inputs && { files, inputs }
}

/** The command line is one that does the same again, wherever it is pasted. */
function planBuiltIn(name: string, builtIn: BuiltIn, checker: Checker, files: readonly string[]): Plan[] {
  const command = [OWN_PROGRAM, '-c', name, '{files}']
  if (files.length === 0) return [withoutFiles(name, command, checker)]
  return chunksOf(files).map((some) => ({
    argv: fillIn(command, '{files}', some.map(asArgument)),
    folder: '.',
    checker,
    files: some,
    builtIn,
    cache: cacheOf(checker, some),
  }))
}

/** The sources that a checker is for; of a test runner's, those that are tests. */
function filesFor({ types, files }: Checker, { sources, cwd }: PlanContext): readonly string[] {
  const ofType =
    types.length === 0 && files ? sources : sources.filter((path) => types.includes(typeOfFile(path, cwd) ?? ''))
  if (!files) return ofType
  const isTest = picomatch([...files], { basename: true, dot: true })
  return ofType.filter((path) => isTest(path))
}

/** A test runner finds its tests alone; so does what looks at a project. */
function withoutFiles(name: string, command: readonly string[], checker: Checker): Plan {
  const argv = fillIn(fillIn(command, '{files}', []), '{project}', [])
  const plan = { argv, folder: '.', checker, files: [] }
  const { kind, types, files = [] } = checker
  if (kind === 'test' || types.length + files.length === 0) return plan
  const message = `lr-check: ${name}: no source of its types (${[...types, ...files].join(', ')})\n`
  return { ...plan, obstacle: { outcome: 'none', message } }
}

function withFiles(
  command: readonly string[],
  checker: Checker,
  files: readonly string[],
  context: PlanContext,
): Plan[] {
  const plan = (some: readonly string[], folder = '.'): Plan => ({
    argv: fillIn(command, '{files}', some.map(asArgument)),
    folder,
    checker,
    files: some,
    cache: cacheOf(checker, some),
  })
  if (checker.target === 'each') return files.map((file) => plan([file]))
  if (checker.target === 'project') return planProjects(command, checker, files, context)
  return chunksOf(files).map((some) => plan(some))
}

/** What the arguments of one process may take: some systems allow no more than 128 KiB. */
const MOST_ARGUMENT_BYTES = 100 << 10

/** Files in groups that one command line can hold; nearly always one. */
function chunksOf(files: readonly string[]): string[][] {
  const chunks: string[][] = [[]]
  let bytes = 0
  for (const file of files) {
    bytes += Buffer.byteLength(file) + 1
    if (bytes > MOST_ARGUMENT_BYTES) {
      chunks.push([])
      bytes = Buffer.byteLength(file) + 1
    }
    chunks.at(-1)?.push(file)
  }
  return chunks
}

/** One run for each folder that makes the files of it a project; files outside any are given by name. */
function planProjects(
  command: readonly string[],
  checker: Checker,
  files: readonly string[],
  context: PlanContext,
): Plan[] {
  const byProject = new Map<string | undefined, string[]>()
  for (const file of files) {
    const folder = projectOf(file, checker.project ?? '', context.cwd)
    const some = byProject.get(folder)
    if (some) some.push(file)
    else byProject.set(folder, [file])
  }
  const words = checker.projectArguments ?? []
  const folders = [...byProject].flatMap(([folder, some]) =>
    folder !== undefined && checker.projectReferences
      ? projectsIn(folder, context.cwd).map((project) => [project, some] as const)
      : [[folder, some] as const],
  )
  return folders.map(([folder, some]) => {
    const project = folder === undefined ? some.map(asArgument) : fillIn(words, '{folder}', [asArgument(folder)])
    const [program = '', ...args] = fillIn(command, '{project}', project)
    const place = words.includes('{folder}') ? '.' : (folder ?? '.')
    // The project's own copy of a program is called by a path, which has to be right where it is started.
    const called = program.includes('/') ? relative(place, program) : program
    return { argv: [called, ...args], folder: place, checker, files: some, cache: cacheOf(checker, some) }
  })
}

/** The nearest folder of a file, inside `cwd`, that holds the project file. */
function projectOf(file: string, marker: string, cwd: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(cwd, folder, marker))) return folder
    if (folder === '.') return undefined
  }
}
