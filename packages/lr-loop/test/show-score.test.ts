import { expect, test } from 'vitest'
import { showScore } from '../src/show-score.ts'

test.each([
  [0, '0.00'],
  [0.666, '0.67'],
  [0.9949, '0.99'],
  [0.995, '0.99'],
  [0.9999, '0.99'],
  [1, '1.00'],
])('%f is shown as %s', (score, shown) => {
  expect(showScore(score)).toBe(shown)
})
