import { expect, test } from 'vitest'
import { flipFile } from '../../src/flips/flip-files.ts'

test.each([
  ['numbers', '1 + 2 = 3\n99\n', '1 + 2 = 4\n90\n'],
  ['words', 'one\ntwo\n', 'one~\ntwo~\n'],
  ['empty lines', 'one\n\n', 'one~\n\n'],
  ['nothing', '', '~'],
  ['an empty line', '\n', '\n~'],
])('every line is another: %s', (_, text, flipped) => {
  expect(flipFile(text)).toBe(flipped)
})
