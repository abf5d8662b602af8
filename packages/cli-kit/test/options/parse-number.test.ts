import { expect, test } from 'vitest'
import { parseWholeNumber } from '../../src/options/parse-number.ts'

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['-1', -1],
  ['1e3', 1000],
  ['24k', 24_000],
  ['24K', 24_000],
  ['1.5M', 1_500_000],
  ['1.5', Number.NaN],
  ['1.0005k', Number.NaN],
  ['k', Number.NaN],
  ['', Number.NaN],
  ['24kB', Number.NaN],
])('%j is %d', (text, number) => {
  expect(parseWholeNumber(text)).toBe(number)
})
