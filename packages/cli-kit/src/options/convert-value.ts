import { UsageError } from '../command-error.ts'
import { parseDuration } from './duration.ts'
import { bareValue, type Option } from './option.ts'
import { parseNumber, parseWholeNumber } from './parse-number.ts'
import { splitWords } from './split-words.ts'

/**
 * The value of an option from what a command line, a variable or a configuration file says.
 *
 * @param where names the source in an error, for example `option --timeout` or `lr.yaml: timeout`
 * @throws UsageError where it does not fit
 */
export function convertValue(option: Option, raw: unknown, where: string): unknown {
  switch (option.type) {
    case 'flag':
      return convertFlag(raw, where)
    case 'list':
      return Array.isArray(raw) ? raw.map((item) => convertText(item, where)) : [convertText(raw, where)]
    case 'command':
      return convertCommand(raw, where)
    case 'duration':
      return parseDuration(convertText(raw, where), where)
    case 'number':
    case 'integer':
      return convertNumber(option, raw, where)
    case 'choice':
      return convertChoice(option.choices, raw, where)
    case 'text':
      return convertText(raw === true ? (bareValue(option) ?? raw) : raw, where)
  }
}

function convertChoice(choices: readonly string[], raw: unknown, where: string): string {
  const text = convertText(raw, where)
  if (!choices.includes(text))
    throw new UsageError(`${where}: invalid value "${text}" (choose from ${choices.join(', ')})`)
  return text
}

function convertCommand(raw: unknown, where: string): readonly string[] {
  const words = Array.isArray(raw)
    ? raw.map((item) => convertText(item, where))
    : splitWords(convertText(raw, where), where)
  if (words.length === 0) throw new UsageError(`${where}: the command is empty`)
  return words
}

function convertText(raw: unknown, where: string): string {
  if (typeof raw === 'string') return raw
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw)
  throw new UsageError(`${where}: expected a string`)
}

function convertFlag(raw: unknown, where: string): boolean {
  if (typeof raw === 'boolean') return raw
  if (raw === '1' || raw === 'true' || raw === 'yes') return true
  if (raw === '' || raw === '0' || raw === 'false' || raw === 'no') return false
  throw new UsageError(`${where}: expected true or false`)
}

function convertNumber(option: Option & { type: 'number' | 'integer' }, raw: unknown, where: string): number {
  const text = convertText(raw, where)
  const value = option.type === 'integer' ? parseWholeNumber(text) : parseNumber(text)
  const kind = option.type === 'integer' ? 'a whole number' : 'a number'
  if (!Number.isFinite(value)) throw new UsageError(`${where}: "${text}" is not ${kind}`)
  if (value < (option.min ?? -Infinity) || value > (option.max ?? Infinity)) {
    throw new UsageError(`${where}: ${text} is out of range (${option.min ?? 'any'} to ${option.max ?? 'any'})`)
  }
  return value
}
