import { expect, test } from 'vitest'
import { carriesThreshold, countScoreLines } from './carries-threshold.ts'

test.each<[value: number, lines: number, passes: boolean, first: number, carries: boolean]>([
  [0.9, 1, false, 1, true],
  [0.9, 1, false, 0, true],
  [0.9, 0, true, 0, true],
  [1, 1, true, 1, true],
  [0.7, 1, false, 1, false],
  // A line of the code under test beside the check's own.
  [0.9, 2, false, 1, false],
  [0.9, 2, true, 0, false],
  [0.9, 3, false, 3, true],
  // What fails is not perfect.
  [1, 1, false, 1, false],
])('score %f in %i lines, check passes: %s, %i lines at first: %s', (value, lines, passes, first, carries) => {
  expect(carriesThreshold({ value, lines, passes }, first, 0.8)).toBe(carries)
})

test('score lines are counted in what the check printed', () => {
  const parts = [
    { name: 'stdout', content: 'score: 1\nx score: 2\nScore: 0.5\n' },
    { name: 'stderr', content: 'score: 3' },
    { name: 'a.txt', content: 'score: 4\n' },
    { text: 'score: 5\n' },
  ]
  expect(countScoreLines(parts)).toBe(3)
})
