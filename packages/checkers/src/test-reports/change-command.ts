import { basename } from 'node:path'
import { versions } from 'node:process'
import { unwrap } from '../choosing/recognise.ts'
import { wordsOfScript } from '../choosing/package-script.ts'

/** A command as it is started. */
export interface Started {
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/** Whether a word of the command that is really run matches. */
export function isAbout({ argv, cwd }: Started, pattern: RegExp): boolean {
  return (wordsOfScript(argv, cwd) ?? argv).some((word) => pattern.test(word))
}

/** The command with more arguments for the program that it starts, also through `npm test`; undefined if none reach it. */
export function addArguments(started: Started, more: readonly string[]): Started | undefined {
  const { argv, cwd } = started
  const [manager = ''] = argv
  if (wordsOfScript(argv, cwd) === undefined) return { ...started, argv: addBeforeOperands(argv, more) }
  // A script that starts a script hands nothing on.
  const [first = ''] = wordsOfScript(argv, cwd, 1) ?? []
  if (first !== wordsOfScript(argv, cwd)?.[0]) return undefined
  const needsMark = manager.endsWith('npm') && !manager.endsWith('pnpm') && !argv.includes('--')
  return { ...started, argv: [...argv, ...(needsMark ? ['--'] : []), ...more] }
}

function addBeforeOperands(argv: readonly string[], more: readonly string[]): string[] {
  const program = argv.length - unwrap(argv).length
  const mark = argv.indexOf('--', program)
  const at = mark < 0 ? argv.length : mark
  return [...argv.slice(0, at), ...more, ...argv.slice(at)]
}

/** The command with more arguments for one of a program's verbs; undefined if the program is started by a script. */
export function addAfterVerb(
  argv: readonly string[],
  { program, verb, more }: { readonly program: string; readonly verb: string; readonly more: readonly string[] },
): readonly string[] | undefined {
  const at = argv.findIndex((word) => basename(word) === program)
  const end = at < 0 ? 0 : argv.indexOf(verb, at) + 1
  return end === 0 ? undefined : [...argv.slice(0, end), ...more, ...argv.slice(end)]
}

/** The command with a reporter of Node's test runner beside the one that it has, which stays on standard output. */
export function addReporter(started: Started, reporter: string): Started | undefined {
  const { argv, cwd, env } = started
  const words = wordsOfScript(argv, cwd)
  const options = [`--test-reporter=${reporter}`, '--test-reporter-destination=stdout']
  const usual = usualReporter(words ?? argv)
  if (!usual) return undefined
  if (words) {
    if (/\s/.test(reporter)) return undefined
    const all = [env['NODE_OPTIONS'] ?? '', ...options, ...usual]
    return { ...started, env: { ...env, NODE_OPTIONS: all.join(' ').trim() } }
  }
  const at = argv.indexOf('--test')
  return { ...started, argv: [...argv.slice(0, at), ...options, ...usual, ...argv.slice(at)] }
}

/** From this version on Node prints the form for people also if its output is no terminal. */
const SPEC_SINCE = 23

/** What keeps the usual output as it is beside another reporter; undefined if the command's own reporters do not allow one. */
function usualReporter(words: readonly string[]): string[] | undefined {
  const reporters = words.filter((word) => /^--test-reporter(?:=|$)/.test(word)).length
  const destinations = words.filter((word) => word.startsWith('--test-reporter-destination')).length
  if (reporters === destinations && reporters > 0) return []
  if (reporters === 1) return ['--test-reporter-destination=stdout']
  if (reporters > 0) return undefined
  const form = Number(versions.node.split('.')[0]) < SPEC_SINCE ? 'tap' : 'spec'
  return [`--test-reporter=${form}`, '--test-reporter-destination=stdout']
}

/** The command with `-m MODULE` replaced by a script that does the same. */
export function replaceModule(started: Started, module: string, script: string): Started | undefined {
  const { argv } = started
  const at = argv.findIndex((word, index) => word === '-m' && argv[index + 1] === module)
  return at < 0 ? undefined : { ...started, argv: [...argv.slice(0, at), script, module, ...argv.slice(at + 2)] }
}
