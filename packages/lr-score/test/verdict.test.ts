import { roundDown } from '@loop-runner/stage-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, verdictOnAll, verdictOnText } from '../src/verdict.ts'
import { writeScoreLines } from '../src/write-verdict.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const finding: fc.Arbitrary<Finding> = fc.record({
  score: share,
  deficiencies: fc.array(fc.string(), { maxLength: 2 }),
  remarks: fc.array(fc.string(), { maxLength: 2 }),
  by: fc.record({ weight: fc.double({ min: 0.01, max: 100, noNaN: true }), isOptional: fc.boolean() }),
})
const findings = fc.array(finding, { minLength: 1, maxLength: 5 })

test('a pass has nothing required wanting and reaches the threshold; a fail says why', () => {
  fc.assert(
    fc.property(findings, share, (found, threshold) => {
      const { score, passes, deficiencies } = verdictOnText({ name: 'a.md' }, found, threshold)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThan(1 + 1e-9)
      const lacks = found.some(({ by, deficiencies }) => !by.isOptional && deficiencies.length > 0)
      if (passes) expect({ lacks, reaches: score >= threshold - 1e-9 }).toEqual({ lacks: false, reaches: true })
      else expect(deficiencies).not.toEqual([])
    }),
  )
})

test('several texts pass when each does', () => {
  fc.assert(
    fc.property(fc.array(findings, { minLength: 1, maxLength: 4 }), share, (texts, threshold) => {
      const verdicts = texts.map((found) => verdictOnText({ name: '' }, found, threshold))
      expect(verdictOnAll(verdicts).passes).toBe(verdicts.every(({ passes }) => passes))
    }),
  )
})

test('every line of a verdict begins with its score, whatever stands in names and texts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), share, (deficiencies, score) => {
      const lines = writeScoreLines({ score, passes: false, deficiencies, scores: {} }).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines).toHaveLength(Math.max(1, deficiencies.length))
      for (const line of lines) expect(line.startsWith(`score: ${roundDown(score)}`)).toBe(true)
    }),
  )
})

test.each([
  [0.2 + 0.1 + 0.2 + 0.3, 0.8],
  [1 / 3, 0.3333],
  [0.99999, 0.9999],
  [1, 1],
])('%d is written as %d', (score, written) => {
  expect(roundDown(score)).toBe(written)
})
