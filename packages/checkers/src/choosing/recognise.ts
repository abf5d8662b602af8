import { basename } from 'node:path'
import { type Checker, type Checkers, OWN_PROGRAM } from '@loop-runner/checker-table'
import { isPython } from '@loop-runner/source-files'

/** A program that starts another one. */
interface Launcher {
  readonly verbs?: readonly string[]
  /** It starts another program only by one of its verbs. */
  readonly needsVerb?: boolean
  /** Options that take a value. */
  readonly valued?: readonly string[]
  /** How many operands stand before the other program. */
  readonly operands?: number
}

const LAUNCHERS: Readonly<Record<string, Launcher>> = {
  npx: { valued: ['-p', '--package'] },
  bunx: {},
  pnpx: {},
  uvx: { valued: ['--from', '--with', '-p', '--python'] },
  npm: { needsVerb: true, verbs: ['exec', 'x'], valued: ['-p', '--package'] },
  bun: { needsVerb: true, verbs: ['x'] },
  pnpm: { verbs: ['exec', 'dlx'], valued: ['-C', '--dir', '--filter', '-F'] },
  yarn: { verbs: ['exec', 'run', 'dlx'] },
  uv: { needsVerb: true, verbs: ['run', 'tool'], valued: ['--with', '-p', '--python', '--project', '--directory'] },
  poetry: { needsVerb: true, verbs: ['run'], valued: ['-C', '--directory'] },
  pipenv: { needsVerb: true, verbs: ['run'] },
  pdm: { needsVerb: true, verbs: ['run'] },
  hatch: { needsVerb: true, verbs: ['run'] },
  coverage: { needsVerb: true, verbs: ['run'], valued: ['--source', '--omit', '--include', '--rcfile', '--data-file'] },
  c8: { valued: ['-r', '--reporter'] },
  nyc: { valued: ['-r', '--reporter'] },
  env: { valued: ['-u', '-C'] },
  'cross-env': {},
  timeout: { valued: ['-k', '-s', '--signal', '--kill-after'], operands: 1 },
  nice: { valued: ['-n'] },
  ionice: { valued: ['-c', '-n'] },
  nohup: {},
  time: { valued: ['-f', '-o'] },
  stdbuf: { valued: ['-i', '-o', '-e'] },
  setsid: {},
  sudo: { valued: ['-u', '-g'] },
  xargs: { valued: ['-n', '-P', '-I', '-L', '-d', '-a'] },
  'xvfb-run': {},
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

/** A command line without the launchers before it; a module that `python -m` runs stands for the program of its name. */
export function unwrap(argv: readonly string[]): readonly string[] {
  const inner = isPython(nameOf(argv[0] ?? '')) ? moduleOf(argv) : launchedBy(argv)
  return inner.length === 0 ? argv : unwrap(inner)
}

function moduleOf([, ...rest]: readonly string[]): readonly string[] {
  return isOwnArgument('-m', rest) ? rest.slice(rest.indexOf('-m') + 1) : []
}

function launchedBy([program = '', ...rest]: readonly string[]): readonly string[] {
  const name = nameOf(program)
  const launcher = LAUNCHERS[name]
  if (!launcher) return []
  const at = ownWords(rest, launcher)
  const own = rest.slice(0, at)
  if (launcher.needsVerb && !own.some((word) => launcher.verbs?.includes(word))) return []
  // `coverage run -m pytest` names a module, as Python does.
  const module = name === 'coverage' ? own.indexOf('-m') : -1
  return rest.slice(module < 0 ? at : module + 1)
}

/** How many of the words behind a launcher are its own. */
function ownWords(words: readonly string[], { verbs = [], valued = [], operands = 0 }: Launcher): number {
  let left = operands
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (valued.includes(word)) at++
    else if (!word.startsWith('-') && !verbs.includes(word) && !word.includes('=') && left-- <= 0) return at
  }
  return words.length
}
