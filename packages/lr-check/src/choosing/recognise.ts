import { basename } from 'node:path'
import { OWN_PROGRAM } from '../built-in/built-ins.ts'
import type { Checkers } from '../checkers/built-in-checkers.ts'
import type { Checker } from '../checkers/checker.ts'

/** Words that start another program, with the options of theirs that take a value. */
const LAUNCHERS: Readonly<Record<string, { readonly verbs: readonly string[]; readonly valued: readonly string[] }>> = {
  npx: { verbs: [], valued: ['-p', '--package'] },
  bunx: { verbs: [], valued: [] },
  pnpm: { verbs: ['exec', 'dlx'], valued: ['-C', '--dir', '--filter', '-F'] },
  yarn: { verbs: ['exec', 'run'], valued: [] },
  uv: { verbs: ['run'], valued: [] },
  poetry: { verbs: ['run'], valued: [] },
  env: { verbs: [], valued: ['-u', '-C'] },
  'cross-env': { verbs: [], valued: [] },
}

/** The known checker that a command line starts, seen through `npx`, `pnpm exec`, `python -m` and their like. */
export function recognise(argv: readonly string[], checkers: Checkers): Checker | undefined {
  const [program = '', ...args] = unwrap(argv)
  const name = nameOf(program)
  return Object.values(checkers).find(
    (checker) =>
      checker.command[0] !== OWN_PROGRAM &&
      namesOf(checker).includes(name) &&
      (checker.withArguments ?? []).every((argument) => isOwnArgument(argument, args)),
  )
}

/** Whether a program is given this argument before any operand: what stands behind one is the operand's (`node a.js --test`). */
function isOwnArgument(argument: string, args: readonly string[]): boolean {
  const at = args.indexOf(argument)
  const isValue = (index: number) => /^-[^=]*$/.test(args[index - 1] ?? '')
  return at >= 0 && args.slice(0, at).every((word, index) => /^[-+]/.test(word) || isValue(index))
}

/** The base names of a checker's program: what its command starts, and its other names. */
export function namesOf({ command, alsoNamed = [] }: Checker): string[] {
  return [nameOf(unwrap(command)[0] ?? ''), ...alsoNamed]
}

/** A program's name without its folder, its scope and the version that npx takes behind it. */
function nameOf(program: string): string {
  return basename(program).replace(/(?<=.)@.*$/, '')
}

/** A command line without what only starts it; a module that `python -m` runs stands for the program of its name. */
function unwrap(argv: readonly string[]): readonly string[] {
  const inner = isPython(argv) ? moduleOf(argv) : launchedBy(argv)
  return inner.length === 0 ? argv : unwrap(inner)
}

function isPython([program = '']: readonly string[]): boolean {
  return /^(?:python|pypy)[\d.]*$/.test(nameOf(program))
}

function moduleOf([, ...rest]: readonly string[]): readonly string[] {
  return isOwnArgument('-m', rest) ? rest.slice(rest.indexOf('-m') + 1) : []
}

function launchedBy([program = '', ...rest]: readonly string[]): readonly string[] {
  const launcher = LAUNCHERS[nameOf(program)]
  if (!launcher) return []
  let at = 0
  for (let word = rest[at]; word !== undefined; word = rest[at]) {
    if (launcher.valued.includes(word)) at += 2
    else if (word.startsWith('-') || launcher.verbs.includes(word) || word.includes('=')) at++
    else break
  }
  return rest.slice(at)
}
