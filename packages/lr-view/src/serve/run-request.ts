import { isAbsolute } from 'node:path'
import { type OptionTable, quoteCommand, tableName } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'
import { Problem } from './problem.ts'

const OptionValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
type OptionValue = z.infer<typeof OptionValue>

/** The body of `POST /runs`. */
export const RunRequest = z.strictObject({
  /** Relative to the root. */
  folder: z._default(z.string(), '.'),
  /** Empty: those of lr.yaml. */
  sources: z._default(z.array(z.string()), []),
  /** Program and arguments; no shell reads them. Empty: the checks of lr.yaml, or the checkers that fit. */
  check: z._default(z.array(z.string()), []),
  /** Options of lr-loop by their long names. */
  options: z._default(z.record(z.string(), OptionValue), {}),
})
export type RunRequest = z.infer<typeof RunRequest>

/** What a request may ask for. */
export interface Policy {
  readonly table: OptionTable
  readonly allowCommands: boolean
}

/** A model that is a command. */
const COMMAND_MODEL = /(?:^|,)\s*exec(-server)?:/i

/**
 * The arguments for lr-loop.
 *
 * @throws Problem (403 not allowed, 422 invalid)
 */
export function argumentsOf({ sources, check, options }: RunRequest, policy: Policy): string[] {
  const flags = Object.entries(options).flatMap(([name, value]) => writeOption(name, value, policy))
  const words = [...flags, ...sources.map((source) => checkPath('source', source)), ...check]
  const bad = words.find((word) => word.includes('\0'))
  if (bad !== undefined) throw new Problem(422, 'arguments cannot contain NUL')
  return [...words.slice(0, words.length - check.length), ...(check.length > 0 ? ['--', ...check] : [])]
}

/** The command that a request amounts to, to be pasted into a shell. */
export function commandOf(folder: string, args: readonly string[]): string {
  return quoteCommand(['lr-loop', '-C', folder, ...args])
}

function writeOption(given: string, value: OptionValue, { table, allowCommands }: Policy): string[] {
  const name = tableName(given, table) ?? given
  const option = Object.hasOwn(table, name) ? table[name] : undefined
  if (!option) throw new Problem(403, `option ${JSON.stringify(given)}: not allowed here`)
  if (option.type === 'flag') return writeFlag(name, value)
  const values = valuesOf(name, value, option.type === 'list')
  if (!allowCommands && /^models?$/.test(name) && values.some((text) => COMMAND_MODEL.test(text))) {
    throw new Problem(403, `option ${name}: exec: models are not allowed (start lr-view serve with --allow-commands)`)
  }
  if (name === 'context') for (const path of values) checkPath('context', path)
  return values.map((text) => `--${name}=${text}`)
}

function writeFlag(name: string, value: OptionValue): string[] {
  if (typeof value !== 'boolean') throw new Problem(422, `option ${name}: expected true or false`)
  return value ? [`--${name}`] : []
}

function valuesOf(name: string, value: OptionValue, isList: boolean): string[] {
  if (typeof value === 'boolean') throw new Problem(422, `option ${name}: expected a value`)
  if (Array.isArray(value) && !isList) throw new Problem(422, `option ${name}: expected one value`)
  return Array.isArray(value) ? value : [String(value)]
}

/** lr-loop itself refuses files outside its folder; a name must not be taken for an option. */
function checkPath(what: string, path: string): string {
  if (path === '' || isAbsolute(path) || path.split('/').includes('..')) {
    throw new Problem(422, `${what} ${JSON.stringify(path)}: expected a path inside the folder`)
  }
  return path.startsWith('-') ? `./${path}` : path
}
