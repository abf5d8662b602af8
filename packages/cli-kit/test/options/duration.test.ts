import { expect, test } from 'vitest'
import { parseDuration } from '@loop-runner/cli-kit'

test.each([
  ['30', 30_000],
  [' 1.5s ', 1500],
  ['500ms', 500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
  ['0', 0],
  // A timer that is to wait longer ends at once.
  ['30d', 2 ** 31 - 1],
  ['1000h', 2 ** 31 - 1],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseDuration(text, 'time')).toBe(milliseconds)
})

test.each(['', '-1', '1x', 'soon', '1 d', '1e3'])('"%s" is no duration', (text) => {
  expect(() => parseDuration(text, 'time')).toThrow(
    `time: "${text}" is not a duration (for example 30, 500ms, 2m, 1h, 1d)`,
  )
})
