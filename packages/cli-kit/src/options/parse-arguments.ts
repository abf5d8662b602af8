import yargs from 'yargs'
import { UsageError } from '../command-error.ts'
import { expandArguments } from './expand-arguments.ts'
import type { OptionTable } from './option.ts'

/** What was typed: options by long name, still as text; operands; and what followed `--`. */
export interface Arguments {
  readonly options: ReadonlyMap<string, string | boolean | readonly string[]>
  readonly operands: readonly string[]
  /** Undefined where there was no `--`. */
  readonly rest: readonly string[] | undefined
}

/** yargs without its guesses: no numbers, no nested keys, no `--no-`, no other spellings of a name. */
const EXACT = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'nargs-eats-options': true,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
}

/**
 * Splits a command line by a table of options.
 *
 * @param takesCommand whether what follows `--` is a command
 * @throws UsageError for an unknown option, a missing value or a value that an option does not take
 */
export function parseArguments(argv: readonly string[], table: OptionTable, takesCommand = false): Arguments {
  const split = argv.indexOf('--')
  const remedy = takesCommand && split < 0 ? 'see --help; a command and its options go after --' : undefined
  const typed = expandArguments(split < 0 ? argv : argv.slice(0, split), table, remedy)
  const { _: operands, $0: _program, ...given } = parseExactly(typed, table)
  const options = new Map<string, string | boolean | string[]>()
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    // Of an option that is given twice the last one counts.
    if (table[name]?.type === 'list') options.set(name, [value].flat() as string[])
    else options.set(name, [value].flat().at(-1) ?? '')
  }
  return { options, operands: operands.map(String), rest: split < 0 ? undefined : argv.slice(split + 1) }
}

/** The options are declared all at once: a call of `option()` takes yargs 30 µs. */
function parseExactly(argv: readonly string[], table: OptionTable) {
  const names = Object.keys(table)
  const isFlag = (name: string) => table[name]?.type === 'flag'
  const parser = yargs([])
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration(EXACT)
    .boolean(names.filter(isFlag))
    .string(names.filter((name) => !isFlag(name)))
    .nargs(Object.fromEntries(names.map((name) => [name, isFlag(name) ? 0 : 1])))
    .fail((message: string, error: Error | undefined) => {
      throw error ?? new UsageError(message)
    })
  return parser.parseSync([...argv]) as { _: string[]; $0: string; [name: string]: string | boolean | string[] }
}
