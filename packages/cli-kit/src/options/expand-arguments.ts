import { UsageError } from '../command-error.ts'
import { nearestName } from './nearest.ts'
import { bareValue, type Option, type OptionTable, tableName } from './option.ts'

/** An option as it was typed. */
export interface TypedOption {
  readonly name: string
  /** As typed: `-m`, `--model`, or another name of it. */
  readonly raw: string
  readonly option: Option
  /** What was joined to it. */
  readonly value: string | undefined
}

const SEE_HELP = 'see --help'

/**
 * A command line with each option as `--name` or `--name=value`, the only form that yargs reads in one way. It would read
 * `-mllama` as five flags, `--changed FILE` as a revision and `--timeout --fix` as a time.
 *
 * @param remedy what to do about an unknown option behind an operand
 * @throws UsageError for an unknown option, a missing value or a value that an option does not take
 */
export function expandArguments(argv: readonly string[], table: OptionTable, remedy = SEE_HELP): string[] {
  const result: string[] = []
  let hint = SEE_HELP
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (!isOptionWord(word)) {
      hint = remedy
      result.push(word)
      continue
    }
    for (const typed of readOptionWord(word, table, hint)) {
      const { name, option } = typed
      if (option.type === 'flag') result.push(`--${name}`)
      else {
        const value = typed.value ?? bareValue(option) ?? requireValue(typed, argv[++at], table)
        result.push(`--${name}=${value}`)
      }
    }
  }
  return result
}

/** Whether a word before `--` is an option, or several behind one dash. */
export function isOptionWord(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}

/**
 * The options that a word holds: one after `--`, several flags behind one dash, the last of which may take a value.
 *
 * @throws UsageError for an unknown option, or a flag with a value
 */
export function readOptionWord(word: string, table: OptionTable, remedy = SEE_HELP): TypedOption[] {
  if (!word.startsWith('--')) return readShortOptions(word, table, remedy)
  const [, name = '', value] = /^--([^=]*)(?:=([^]*))?$/.exec(word) ?? []
  return [readOption({ name, raw: `--${name}`, value }, table, remedy)]
}

function readShortOptions(word: string, table: OptionTable, remedy: string): TypedOption[] {
  const result: TypedOption[] = []
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? ''
    const name = Object.keys(table).find((key) => table[key]?.alias === letter) ?? letter
    const takesValue = Object.hasOwn(table, name) && table[name]?.type !== 'flag'
    const value = takesValue && at < word.length - 1 ? word.slice(at + 1).replace(/^=/, '') : undefined
    result.push(readOption({ name, raw: `-${letter}`, value }, table, remedy))
    if (takesValue) break
  }
  return result
}

function readOption(typed: Omit<TypedOption, 'option'>, table: OptionTable, remedy: string): TypedOption {
  const { raw, value } = typed
  const name = tableName(typed.name, table)
  const option = name !== undefined && (raw.startsWith('--') || table[name]?.alias === raw[1]) ? table[name] : undefined
  if (name === undefined || !option) {
    const near = suggestion(typed.name, table)
    throw new UsageError(`unknown option ${raw}${near} (${near === '' ? remedy : SEE_HELP})`)
  }
  if (option.type === 'flag' && value !== undefined) throw new UsageError(`option ${raw} takes no value`)
  return { ...typed, name, option }
}

function requireValue({ raw, option }: TypedOption, next: string | undefined, table: OptionTable): string {
  if (next !== undefined && !isKnownOption(next, table)) return next
  const joint = raw.startsWith('--') ? '=' : ' '
  throw new UsageError(`option ${raw} needs a value (${raw}${joint}${option.placeholder ?? 'VALUE'})`)
}

/** Whether the word behind an option is an option itself: then the value was forgotten. */
function isKnownOption(word: string, table: OptionTable): boolean {
  if (word.startsWith('--')) return tableName(word.slice(2).split('=')[0] ?? '', table) !== undefined
  return word.length === 2 && word.startsWith('-') && Object.values(table).some(({ alias }) => alias === word[1])
}

function suggestion(name: string, table: OptionTable): string {
  const names = Object.entries(table).flatMap(([key, { otherNames = [] }]) => [key, ...otherNames])
  const near = name.length > 1 ? nearestName(name, names) : undefined
  return near === undefined ? '' : `: did you mean --${near}?`
}
