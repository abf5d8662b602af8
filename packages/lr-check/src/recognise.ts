import { basename } from 'node:path'
import type { Checkers } from './built-in-checkers.ts'
import type { Checker } from './checker.ts'

/** Words that start another program, with the options of theirs that take a value. */
const LAUNCHERS: Readonly<Record<string, { readonly verbs: readonly string[]; readonly valued: readonly string[] }>> = {
  npx: { verbs: [], valued: ['-p', '--package'] },
  bunx: { verbs: [], valued: [] },
  pnpm: { verbs: ['exec', 'dlx'], valued: ['-C', '--dir', '--filter', '-F'] },
  yarn: { verbs: ['exec', 'run'], valued: [] },
  uv: { verbs: ['run'], valued: [] },
  poetry: { verbs: ['run'], valued: [] },
  env: { verbs: [], valued: ['-u', '-C'] },
}

/** The known checker that a command line starts, seen through `npx`, `pnpm exec`, `python -m` and their like. */
export function recognise(argv: readonly string[], checkers: Checkers): Checker | undefined {
  const [program = '', ...args] = unwrap(argv)
  const name = basename(program)
  return Object.values(checkers).find(
    (checker) =>
      checker.builtIn !== true &&
      namesOf(checker).includes(name) &&
      (checker.withArguments ?? []).every((argument) => args.includes(argument)),
  )
}

/** The base names of a checker's program: what its command starts, and its other names. */
export function namesOf({ command, alsoNamed = [] }: Checker): string[] {
  return [basename(unwrap(command)[0] ?? ''), ...alsoNamed]
}

/** A command line without what only starts it; a module that `python -m` runs stands for the program of its name. */
function unwrap(argv: readonly string[]): readonly string[] {
  const inner = isPython(argv) ? moduleOf(argv) : launchedBy(argv)
  return inner.length === 0 ? argv : unwrap(inner)
}

function isPython([program = '']: readonly string[]): boolean {
  return /^(?:python|pypy)[\d.]*$/.test(basename(program))
}

function moduleOf([, ...rest]: readonly string[]): readonly string[] {
  const module = rest.indexOf('-m')
  const isFirst = rest.slice(0, module).every((word) => word.startsWith('-'))
  return module >= 0 && isFirst ? rest.slice(module + 1) : []
}

function launchedBy([program = '', ...rest]: readonly string[]): readonly string[] {
  const launcher = LAUNCHERS[basename(program)]
  if (!launcher) return []
  let at = 0
  for (let word = rest[at]; word !== undefined; word = rest[at]) {
    if (launcher.valued.includes(word)) at += 2
    else if (word.startsWith('-') || launcher.verbs.includes(word) || word.includes('=')) at++
    else break
  }
  return rest.slice(at)
}
