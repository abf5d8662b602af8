import { expect, test } from 'vitest'
import { ReplyLines } from '../../src/reading/reply-lines.ts'

test.each([
  { text: '', lines: [] },
  { text: '\n', lines: [''] },
  { text: 'a', lines: ['a'] },
  { text: 'a\n\nb\n', lines: ['a', '', 'b'] },
  { text: 'a\r\nb\n\n', lines: ['a\r', 'b', ''] },
])('the lines of $text', ({ text, lines }) => {
  const read = new ReplyLines(text)
  expect(Array.from({ length: read.length }, (_, index) => read.at(index))).toEqual(lines)
  expect(read.between(0, read.length)).toBe(lines.map((line) => `${line}\n`).join(''))
  expect(read.between(lines.length, lines.length)).toBe('')
  expect([read.at(-1), read.at(lines.length), read.at(lines.length + 7)]).toEqual(['', '', ''])
})
