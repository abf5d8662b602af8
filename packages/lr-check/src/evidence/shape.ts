import type { Captured } from './capture.ts'
import { capLines, omittedMark } from './cap-lines.ts'
import { collapseRepeats } from './collapse.ts'
import { maskText } from './mask.ts'
import { decodeOutput } from './plain-text.ts'

/** All that was kept of a stream, as it was printed; a line says what was not kept. */
export function rawText({ head, tail, omittedBytes, omittedLines, importantLines }: Captured): string {
  if (omittedBytes === 0) return decodeOutput(Buffer.concat([head, tail]))
  const mark = omittedMark(omittedLines, omittedBytes)
  const middle = [mark, ...importantLines.map((line) => line.replaceAll('\0', '\\x00'))].join('\n')
  return `${decodeOutput(head)}\n${middle}\n${decodeOutput(tail)}`
}

/**
 * The evidence in plain text: the same for the same tree, repetitions collapsed, within a size. Ends in a newline
 * unless it is empty.
 *
 * @param plain without escape sequences
 * @param masks patterns of what the checker prints differently each time
 */
export function shapeText(plain: string, cwd: string, masks: readonly string[]): string {
  const lines = maskText(plain, cwd, masks)
    .split('\n')
    .map((line) => line.trimEnd())
  while (lines.at(-1) === '') lines.pop()
  if (lines.length === 0) return ''
  return `${capLines(collapseRepeats(lines)).join('\n')}\n`
}
