import { basename, join, normalize } from 'node:path'
import { makeFileView, startedBy } from '@loop-runner/source-files'
import { type Plan, typeOfFile } from '@loop-runner/checkers'
import { comparedByCheck, isExpected } from './compared-by-check.ts'
import { readText } from './read-text.ts'

/** Where a check is looked at. */
export interface CheckContext {
  readonly cwd: string
  /** Names that are in the tree. */
  readonly listed: ReadonlySet<string>
  /** Whether a path is checked: then it is not a check script. */
  readonly isSource: (path: string) => boolean
}

/** The paths that the command lines of a check name. */
export interface NamedByCheck {
  /** Scripts, the files that they mention, makefiles and the like. */
  readonly files: ReadonlySet<string>
  /** Base names of programs. */
  readonly programs: ReadonlySet<string>
  /** Files that would change the check if they existed: goals of make, makefiles that are included. */
  readonly awaited: readonly string[]
}

const PATHS = /[\w@.+-]+(?:\/[\w@.+-]+)*/g

/**
 * The scripts that a check starts, even if they are sources, and other files on its command lines and in its shell scripts
 * if they are not.
 */
export function namedByCheck(plans: readonly Plan[], context: CheckContext): NamedByCheck {
  const view = makeFileView(context.cwd)
  const started = plans.map(({ argv, folder }) => startedBy(argv, context.cwd, folder))
  const commands = started.flatMap(({ commands }) => commands)
  const mentioned = commands.flatMap(({ words, folder }) =>
    words.flatMap((word) => [word, ...(word.match(PATHS) ?? [])]).flatMap((word) => view.inside(folder, word) ?? []),
  )
  const named = started.flatMap(({ scripts, orders }) => [...scripts, ...orders])
  const compared = plans.flatMap((plan) => comparedByCheck(plan, context.listed, context.cwd)).filter(isExpected)
  const files = withMentioned(
    [...named, ...compared, ...mentioned.filter((path) => !context.isSource(path))].filter((path) => view.isFile(path)),
    context,
  )
  const words = [
    ...plans.flatMap(({ argv }) => argv),
    ...commands.flatMap(({ words }) => words),
    ...[...files].flatMap((path) => wordsIn(path, context.cwd)),
  ]
  const goals = commands.flatMap(({ words, folder }) =>
    goalsIn(words).flatMap((word) => view.inside(folder, word) ?? []),
  )
  return {
    files,
    programs: new Set(words.map((word) => basename(word))),
    awaited: [...goals, ...started.flatMap(({ awaited }) => awaited.flatMap((pattern) => view.expand(pattern)))],
  }
}

/** These paths and what the scripts and orders among them mention and is not a source, and so on. */
export function withMentioned(paths: readonly string[], context: CheckContext): Set<string> {
  const all = new Set(paths)
  // Iterating over a set includes entries that are added meanwhile.
  for (const path of all) {
    for (const word of wordsIn(path, context.cwd)) {
      const named = normalize(word)
      if (context.listed.has(named) && !context.isSource(named)) all.add(named)
    }
  }
  return all
}

/** A file with the name of a goal, and nothing is made. */
function goalsIn([program = '', ...args]: readonly string[]): string[] {
  if (!/^g?make$/.test(basename(program))) return []
  return args.filter((word) => !word.startsWith('-') && !word.includes('='))
}

/** Words that look like a path in a shell script, a makefile, or a command of `package.json`. */
function wordsIn(path: string, cwd: string): readonly string[] {
  const name = basename(path)
  if (name === 'package.json') return scriptsOf(readText(join(cwd, path))).match(PATHS) ?? []
  const givesOrders = /^(?:GNU)?makefile$|\.mk$|^\.?justfile$/i.test(name) || typeOfFile(path, cwd) === 'shell'
  return (givesOrders && readText(join(cwd, path)).match(PATHS)) || []
}

function scriptsOf(text: string): string {
  return /"scripts"\s*:\s*\{([^{}]*)\}/.exec(text)?.[1] ?? ''
}
