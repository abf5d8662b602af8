import { type Finding, placeOf } from './finding.ts'
import { findJsonError } from './find-json-error.ts'

/** What is wrong in a JSON text: the first error, or, where each line is a text of its own (`jsonl`), the first of each. */
export function checkJson(text: string, type: string): Finding[] {
  if (type !== 'jsonl') return checkOne(text, type === 'jsonc')
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : checkOne(line, false).map((finding) => ({ ...finding, line: index + 1 })),
    )
}

function checkOne(text: string, comments: boolean): Finding[] {
  const error = findJsonError(text, comments)
  return error ? [{ ...placeOf(text, error.offset), message: error.message }] : []
}
