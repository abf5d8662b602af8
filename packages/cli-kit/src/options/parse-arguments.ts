import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from '../command-error.ts'
import { nearest } from './nearest.ts'
import { bareValue, type Option, type OptionTable } from './option.ts'

/** What was typed: options by long name, still as text; operands; and what followed `--`. */
export interface Arguments {
  readonly options: ReadonlyMap<string, string | boolean | readonly string[]>
  readonly operands: readonly string[]
  /** Undefined where there was no `--`. */
  readonly rest: readonly string[] | undefined
}

/**
 * Splits a command line by a table of options.
 *
 * @throws UsageError for an unknown option, a missing value or a value that an option does not take
 */
export function parseArguments(argv: readonly string[], table: OptionTable): Arguments {
  const split = argv.indexOf('--')
  const args = split < 0 ? [...argv] : argv.slice(0, split)
  const { tokens } = parseArgs({
    args,
    options: parserOptions(table),
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const options = new Map<string, string | boolean | string[]>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind === 'option') take(options, table, token)
  }
  return { options, operands, rest: split < 0 ? undefined : argv.slice(split + 1) }
}

function parserOptions(table: OptionTable): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(table).map(([name, option]) => [
      name,
      {
        type: option.type === 'flag' || bareValue(option) !== undefined ? 'boolean' : 'string',
        ...(option.alias === undefined ? {} : { short: option.alias }),
      },
    ]),
  )
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function take(options: Map<string, string | boolean | string[]>, table: OptionTable, token: OptionToken): void {
  const option = Object.hasOwn(table, token.name) ? table[token.name] : undefined
  if (!option) throw new UsageError(`unknown option ${token.rawName}${suggestion(token.name, table)} (see --help)`)
  if (option.type === 'flag') {
    if (token.value !== undefined) throw new UsageError(`option ${token.rawName} takes no value`)
    options.set(token.name, true)
    return
  }
  const plain = plainValue(option, table, token)
  if (option.type !== 'list') options.set(token.name, plain)
  else {
    const before = options.get(token.name)
    options.set(token.name, [...(Array.isArray(before) ? before : []), plain])
  }
}

function plainValue(option: Option, table: OptionTable, { rawName, value, inlineValue }: OptionToken): string {
  const given = value ?? bareValue(option)
  const isLong = rawName.startsWith('--')
  if (given === undefined || (inlineValue === false && isOption(given, table))) {
    throw new UsageError(
      `option ${rawName} needs a value (${rawName}${isLong ? '=' : ' '}${option.placeholder ?? 'VALUE'})`,
    )
  }
  return isLong ? given : given.replace(/^=/, '')
}

function suggestion(name: string, table: OptionTable): string {
  const near = name.length > 1 ? nearest(name, Object.keys(table)) : undefined
  return near === undefined ? '' : `: did you mean --${near}?`
}

/** Whether an option's would-be value is an option itself: then the value was forgotten. */
function isOption(value: string, table: OptionTable): boolean {
  if (value.startsWith('--')) return Object.hasOwn(table, value.slice(2).split('=')[0] ?? '')
  return value.length === 2 && value.startsWith('-') && Object.values(table).some(({ alias }) => alias === value[1])
}
