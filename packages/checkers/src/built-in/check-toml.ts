import { parse, TomlError } from 'smol-toml'
import type { Flaw } from './flaw.ts'

/** What is wrong in a TOML text: its first error. */
export function checkToml(text: string): Flaw[] {
  try {
    parse(text)
    return []
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [message = ''] = error.message.split('\n')
    return [{ line: error.line, column: error.column, message }]
  }
}
