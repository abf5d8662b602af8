import { describe, expect, test } from 'vitest'
import { findStrayScore, meanOf, readScoreLines } from '../src/score-lines.ts'

describe('score lines', () => {
  test.each<[string, [number, string?] | undefined]>([
    ['score: 0.75', [0.75]],
    ['  Score = .5 two links are dead ', [0.5, 'two links are dead']],
    ['SCORE:80% too plain', [0.8, 'too plain']],
    ['score: 7.5/10', [0.75]],
    ['score: 3 / 4: one left', [0.75, ': one left']],
    ['score: 1e-3', [0.001]],
    ['score: 5E-1 half', [0.5, 'half']],
    ['score: 1.', [1, '.']],
    ['score: 0.5, missing', [0.5, ', missing']],
    ['score: 1e', undefined],
    ['score: 1abc', undefined],
    ['score: 0,5', undefined],
    ['score: 1.2.3', undefined],
    ['score: nan', undefined],
    ['score: -0.1', undefined],
    ['score: 85', undefined],
    ['score: 1/0', undefined],
    ['\ufeffscore: 0.5 half', [0.5, 'half']],
    ['the score: 1', undefined],
    ['scores: 1', undefined],
  ])('%j is %j', (text, expected) => {
    const said = expected && { score: expected[0], deficiencies: expected.slice(1) }
    expect(readScoreLines(`before\n${text}\nafter\n`)).toEqual(said ? [said] : [])
  })

  test.each([
    ['fine\n score: 85 of a hundred\nscore: 9', 'score: 85 of a hundred'],
    ['score: -0.1', 'score: -0.1'],
    ['score: 1/0', 'score: 1/0'],
    ['score: 0.5\nscore: good', undefined],
    ['fine\nscore: NaN\n', 'score: NaN'],
    ['Score = -inf', 'Score = -inf'],
    ['score: n/a', 'score: n/a'],
    ['score:\n', 'score:'],
    ['score: none of them is short', undefined],
    ['score: 0,5', 'score: 0,5'],
    ['Score = ,5 short', 'Score = ,5 short'],
    ['score: +0.5', 'score: +0.5'],
    ['score: 1.2.3', 'score: 1.2.3'],
    ['score: - see below', undefined],
    ['\ufeffscore: 7', 'score: 7'],
  ])('in %j the number that is no score is in %j', (text, line) => {
    expect(findStrayScore(text)).toBe(line)
  })

  test('of several the mean, with all that is wanting', () => {
    expect(meanOf(readScoreLines('score: 1/4 short\nscore: 9\nscore: 75% plain\n'))).toEqual({
      score: 0.5,
      deficiencies: ['short', 'plain'],
    })
    expect(meanOf([])).toBeUndefined()
  })
})
