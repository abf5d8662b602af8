import { CommandError, type Option, type OptionTable, splitWords } from '@loop-runner/cli-kit'
import { Problem } from './problem.ts'
import type { RunRequest } from './run-request.ts'

/** Before the name of an option in the name of its field. */
export const OPTION_PREFIX = 'option-'

/**
 * The fields of the form as the body of `POST /runs`.
 *
 * @throws Problem (422) if a command line needs a shell
 */
export function readForm(fields: ReadonlyMap<string, string>, table: OptionTable): RunRequest {
  const options = Object.entries(table).flatMap(([name, option]) => {
    const value = readField(option, fields.get(`${OPTION_PREFIX}${name}`) ?? '')
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    folder: fields.get('folder')?.trim() || '.',
    sources: words(fields, 'sources'),
    check: words(fields, 'check'),
    options: Object.fromEntries(options),
  }
}

function readField(option: Option, text: string): string | boolean | string[] | undefined {
  if (option.type === 'flag') return text === '' ? undefined : true
  if (option.type !== 'list') return text.trim() === '' ? undefined : text.trim()
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const items = lines.filter(Boolean)
  return items.length === 0 ? undefined : items
}

function words(fields: ReadonlyMap<string, string>, name: string): string[] {
  try {
    return splitWords((fields.get(name) ?? '').replaceAll(/[\r\n]+/g, ' '), name)
  } catch (error) {
    throw error instanceof CommandError ? new Problem(422, error.message) : error
  }
}
