import { expect, test } from 'vitest'
import { carriesThreshold, scoreLines } from '../../src/stages/carries-threshold.ts'

test.each<[value: number, lines: string, passes: boolean, first: number, carries: boolean]>([
  [0.9, '0.9', false, 1, true],
  [0.9, '0.9', false, 0, true],
  [0.9, '', true, 0, true],
  [1, '1', true, 1, true],
  [0.7, '0.7', false, 1, false],
  // A line of the code under test in addition to the check's own.
  [0.9, '0.1 1', false, 1, false],
  [0.9, '0.1 1', true, 0, false],
  [0.9, '0.8 0.9 1', false, 3, true],
  // A check that gives its score with each finding.
  [0.9, '0.9 0.9 0.9', false, 0, true],
  [0.9, '0.9 0.9 0.9', false, 1, true],
  // What fails is not perfect.
  [1, '1', false, 1, false],
  [1, '1 1', false, 1, false],
  // The score of a check that fails is made a little less.
  [0.9999, '1', false, 1, false],
  [0.9999, '100%', false, 1, false],
  [0.9999, '7/7', false, 1, false],
  [0.9999, '9999/10000', false, 1, true],
])('score %f of lines "%s", check passes: %s, %i lines at first: %s', (value, lines, passes, first, carries) => {
  const said = lines.split(' ').filter(Boolean)
  expect(carriesThreshold({ value, lines: said, passes }, first, 0.8)).toBe(carries)
})

test('score lines are read from the output of the check', () => {
  const parts = [
    { name: 'stdout', content: 'score: 1\nx score: 2\nScore: 0.5 a.txt: short\nscore:\n' },
    { name: 'stderr', content: 'score: 3' },
    { name: 'a.txt', content: 'score: 4\n' },
    { text: 'score: 5\n' },
  ]
  expect(scoreLines(parts)).toEqual(['1', '0.5', '', '3'])
})
