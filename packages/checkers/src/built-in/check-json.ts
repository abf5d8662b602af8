import { type Flaw, placeOf } from './flaw.ts'
import { findJsonError } from './find-json-error.ts'

/** What is wrong in a JSON text: the first error, or, where each line is a text of its own (`jsonl`), the first of each. */
export function checkJson(text: string, type: string): Flaw[] {
  if (type !== 'jsonl') return checkOne(text, type === 'jsonc')
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : checkOne(line, false).map((flaw) => ({ ...flaw, line: index + 1 })),
    )
}

function checkOne(text: string, comments: boolean): Flaw[] {
  const error = findJsonError(text, comments)
  return error ? [{ ...placeOf(text, error.offset), message: error.message }] : []
}
