import { parseDuration, UsageError } from '@loop-runner/cli-kit'
import type { output } from 'zod/mini'
import { type Checker, checkerSchema } from './checker.ts'
import type { Check, Configuration } from './configuration.ts'
import { configurationSchema } from './configuration-schema.ts'
import { splitWords } from './shell-words.ts'

type Written = output<typeof configurationSchema>
type WrittenCheck = NonNullable<Written['checks']>[string]

/**
 * A configuration with what a file adds to it.
 *
 * @throws UsageError naming file and key of what does not fit
 */
export function addConfiguration(to: Configuration, keys: unknown, path: string): Configuration {
  const written = parse(configurationSchema, keys, path)
  const checkers = Object.entries(written.checkers ?? {}).map(([name, changes]): [string, Checker] => {
    const where = `${path}: checkers.${name}`
    // What stands in for a program knows nothing of another command.
    const known = { ...to.checkers[name], ...(changes.command && { builtIn: undefined }) }
    return [name, parse(checkerSchema, { ...known, ...changes }, where)]
  })
  const checks = Object.entries(written.checks ?? {}).map(([name, check]): [string, Check] => [
    name,
    readCheck(check, `${path}: checks.${name}`),
  ])
  const all = {
    checkers: { ...to.checkers, ...Object.fromEntries(checkers) },
    checks: { ...to.checks, ...Object.fromEntries(checks) },
  }
  const layers = written.layers?.map((layer) => (typeof layer === 'string' ? [layer] : layer)) ?? to.layers
  for (const name of [...layers.flat(), ...checks.flatMap(([, { checkers: names }]) => names)]) {
    if (!Object.hasOwn(all.checks, name) && !Object.hasOwn(all.checkers, name))
      throw new UsageError(`${path}: no check or checker is called "${name}"`)
  }
  return { ...all, layers }
}

function readCheck(check: WrittenCheck, where: string): Check {
  if (typeof check === 'string' || Array.isArray(check))
    return { command: wordsOf(check, where), checkers: [], timeoutMs: undefined }
  const { command, checkers = [], timeout } = check
  if (command === undefined && checkers.length === 0)
    throw new UsageError(`${where}: a command or checkers are expected`)
  return {
    command: command === undefined ? undefined : wordsOf(command, where),
    checkers,
    timeoutMs: timeout === undefined ? undefined : parseDuration(String(timeout), `${where}.timeout`),
  }
}

function wordsOf(command: string | readonly string[], where: string): readonly string[] {
  const words = typeof command === 'string' ? splitWords(command, where) : command
  if (words.length === 0) throw new UsageError(`${where}: the command is empty`)
  return words
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } }
}

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly expected?: unknown
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
}

function parse<T>(schema: Schema<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue = { path: [], message: 'it does not fit' }] = result.error.issues
  const key = issue.path.map(String).join('.')
  throw new UsageError(`${where}${key === '' ? '' : `: ${key}`}: ${describeIssue(issue)}`)
}

/** zod's small build has no words of its own for what is wrong. */
function describeIssue({ code, message, expected, keys = [], values = [] }: Issue): string {
  switch (code ?? '') {
    case 'invalid_type':
      return `${String(expected)} is expected`
    case 'invalid_value':
      return `one of ${values.join(', ')} is expected`
    case 'unrecognized_keys':
      return `unknown key ${keys.join(', ')}`
    case 'too_small':
      return 'it is empty'
    case 'invalid_union':
      return 'a command, or a mapping with command, checkers and timeout, is expected'
    default:
      return message
  }
}
