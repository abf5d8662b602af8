import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const RUN = new Set(['run', 'run-script'])
const SILENT = new Set(['-s', '--silent'])

/** Where only a shell knows what it comes to, or the line is no single command: `a && b`, `$X`, a redirection. */
const NEEDS_SHELL = /[;&|<>()$`\\\n]/

/** Scripts may start scripts. */
const MOST_STEPS = 5

/**
 * The words of the script in package.json that a command line starts by npm, pnpm or yarn, with what it is given.
 * Undefined where it starts none, or one that is not a single plain command: what runs before or behind it might be what
 * fails.
 */
export function wordsOfScript(argv: readonly string[], cwd: string, steps = MOST_STEPS): string[] | undefined {
  const { name, given } = scriptNamed(argv)
  const line = steps === 0 ? undefined : plainScript(name, cwd)
  if (line === undefined) return undefined
  const words = [...wordsOf(line), ...given]
  return wordsOfScript(words, cwd, steps - 1) ?? words
}

/** The line of the script in package.json that a command line starts, for a shell to read; undefined if it starts none. */
export function lineOfScript(argv: readonly string[], cwd: string): string | undefined {
  const line = readScripts(cwd)[scriptNamed(argv).name]
  return typeof line === 'string' ? line : undefined
}

/** The script that is named, or '', and what stands behind it. */
function scriptNamed([program = '', ...args]: readonly string[]): { name: string; given: readonly string[] } {
  const at = args.findIndex((word) => !RUN.has(word) && !SILENT.has(word))
  const name = args[at] === 't' ? 'test' : (args[at] ?? '')
  const given = args.slice(args[at + 1] === '--' ? at + 2 : at + 1)
  const isRun = args.slice(0, at).some((word) => RUN.has(word))
  // Without "run", npm has commands of its own by most names (`npm ci`).
  const starts = isRun || name === 'test' ? /^(?:npm|pnpm|yarn)$/ : /^(?:pnpm|yarn)$/
  return { name: starts.test(basename(program)) ? name : '', given }
}

function plainScript(name: string, cwd: string): string | undefined {
  const scripts = readScripts(cwd)
  const line = scripts[name]
  const isPlain = typeof line === 'string' && !NEEDS_SHELL.test(line)
  return isPlain && !(`pre${name}` in scripts) && !(`post${name}` in scripts) ? line : undefined
}

function readScripts(cwd: string): Readonly<Record<string, unknown>> {
  try {
    const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { scripts?: unknown }
    return typeof scripts === 'object' && scripts !== null ? { ...scripts } : {}
  } catch {
    // None, or a broken one: npm itself says what is wrong with it.
    return {}
  }
}

/** Without the variables that are set for it. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  const first = words.findIndex((word) => !/^\w+=/.test(word))
  return words.slice(Math.max(first, 0)).map((word) => word.replaceAll(/["']/g, ''))
}
