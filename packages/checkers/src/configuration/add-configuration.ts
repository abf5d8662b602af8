import { type KeyPath, nearest, parseDuration, splitWords, UsageError } from '@loop-runner/cli-kit'
import type { output } from 'zod/mini'
import { type Checker, checkerSchema } from '@loop-runner/checker-table/schema'
import type { Check, Configuration } from './configuration.ts'
import { configurationSchema } from './configuration-schema.ts'

type Written = output<typeof configurationSchema>
type WrittenCheck = NonNullable<Written['checks']>[string]

/** Where keys stand in their file, `lr.yaml:3:1`; of keys that are not there, where the nearest above them stands. */
type Places = (keys: KeyPath) => string

/**
 * A configuration with what a file adds to it.
 *
 * @throws UsageError naming place and key of what does not fit
 */
export function addConfiguration(to: Configuration, keys: unknown, places: Places): Configuration {
  const written = parse(configurationSchema, keys, [], places)
  const checkers = Object.entries(written.checkers ?? {}).map(([name, changes]): [string, Checker] => {
    // What stands in for a program knows nothing of another command.
    const known = { ...to.checkers[name], ...(changes.command && { builtIn: undefined }) }
    return [name, parse(checkerSchema, { ...known, ...changes }, ['checkers', name], places)]
  })
  const checks = Object.entries(written.checks ?? {}).map(([name, check]): [string, Check] => [
    name,
    readCheck(check, ['checks', name], places),
  ])
  const layers = written.layers?.map((layer) => (typeof layer === 'string' ? [layer] : layer))
  const all = {
    checkers: { ...to.checkers, ...Object.fromEntries(checkers) },
    checks: { ...to.checks, ...Object.fromEntries(checks) },
    layers: layers ?? to.layers,
  }
  for (const [at, names] of (layers ?? []).entries()) refuseUnknown(names, ['layers', at], all, places)
  for (const [name, { checkers: names }] of checks) refuseUnknown(names, ['checks', name, 'checkers'], all, places)
  return all
}

function refuseUnknown(names: readonly string[], keys: KeyPath, { checks, checkers }: Configuration, places: Places) {
  for (const [at, name] of names.entries()) {
    if (Object.hasOwn(checks, name) || Object.hasOwn(checkers, name)) continue
    const near = nearest(name, [...Object.keys(checks), ...Object.keys(checkers)])
    const hint = near === undefined ? 'see lr-check --list' : `did you mean "${near}"?`
    throw new UsageError(`${where([...keys, at], places)}: unknown check or checker "${name}" (${hint})`)
  }
}

function readCheck(check: WrittenCheck, keys: KeyPath, places: Places): Check {
  if (typeof check === 'string' || Array.isArray(check))
    return { command: wordsOf(check, where(keys, places)), checkers: [], timeoutMs: undefined, cache: undefined }
  const { command, checkers = [], timeout, cache } = check
  if (command === undefined && checkers.length === 0)
    throw new UsageError(`${where(keys, places)}: expected a command or checkers`)
  return {
    command: command === undefined ? undefined : wordsOf(command, where([...keys, 'command'], places)),
    checkers,
    timeoutMs: timeout === undefined ? undefined : parseDuration(String(timeout), where([...keys, 'timeout'], places)),
    cache,
  }
}

function wordsOf(command: string | readonly string[], where: string): readonly string[] {
  const words = typeof command === 'string' ? splitWords(command, where) : command
  if (words.length === 0) throw new UsageError(`${where}: the command is empty`)
  return words
}

function where(keys: KeyPath, places: Places): string {
  return `${places(keys)}: ${keys.join('.')}`
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

function parse<T>(schema: Schema<T>, value: unknown, keys: KeyPath, places: Places): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue = { path: [], message: 'it does not fit' }] = result.error.issues
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  // Of unknown keys the first is pointed at.
  throw new UsageError(
    `${places([...keys, ...path, ...(issue.keys ?? []).slice(0, 1)])}: ${[...keys, ...path].join('.')}: ${describeIssue(issue)}`,
  )
}

/** zod's small build has no words of its own for what is wrong. */
function describeIssue({ code, message, expected, keys = [], values = [] }: Issue): string {
  switch (code ?? '') {
    case 'invalid_type':
      return `expected ${String(expected)}`
    case 'invalid_value':
      return `expected one of ${values.join(', ')}`
    case 'unrecognized_keys':
      return `unknown key ${keys.join(', ')}`
    case 'too_small':
      return 'it is empty'
    case 'invalid_union':
      return 'expected a command, or a mapping with command, checkers and timeout'
    default:
      return message
  }
}
