import type { Option, OptionTable } from '../options/option.ts'
import { quoteCommand } from '../processes/quote-command.ts'
import type { Command } from '../program.ts'
import type { Setting } from './settings.ts'

/**
 * The command line that says by itself what options, variables and configuration files say together. Keys and other secrets
 * are left out.
 *
 * @param name of the program, with its subcommand
 * @param table of all its options
 */
export function writeCommand(
  name: string,
  { operands, takesCommand }: Pick<Command<never>, 'operands' | 'takesCommand'>,
  table: OptionTable,
  settings: ReadonlyMap<string, Setting>,
): string {
  const options = Object.entries(table).flatMap(([key, option]) => {
    const setting = settings.get(key)
    return setting === undefined || isLeftOut(key, option, setting) ? [] : writeOption(key, setting)
  })
  const valuesOf = (key: unknown) => (settings.get(key as string)?.value ?? []) as readonly string[]
  const rest = valuesOf(takesCommand)
  // "./-x": an operand that begins with a dash is not an option.
  const named = valuesOf(operands?.option).map((word) => (word.startsWith('-') ? `./${word}` : word))
  return `${quoteCommand([...name.split(' '), ...options, ...named, ...(rest.length > 0 ? ['--', ...rest] : [])])}\n`
}

function isLeftOut(key: string, { fileOnly, secret }: Option, { origin }: Setting): boolean {
  return fileOnly === true || secret !== undefined || key === PRINT_COMMAND || /^(?:default|not set)$/.test(origin)
}

/** The option that asks for it. */
export const PRINT_COMMAND = 'print-command'

function writeOption(key: string, { value, written }: Setting): string[] {
  if (typeof value === 'boolean') return value ? [`--${key}`] : []
  const words = Array.isArray(value) ? (value as string[]) : [String(written)]
  return words.map((word) => `--${key}=${word}`)
}
