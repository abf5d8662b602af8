import { expect, test } from 'vitest'
import type { ReportRound } from '../src/report.ts'
import { testChanges } from '../src/test-changes.ts'

/** A round whose check names these failing tests; `none` is a round without a check. */
function round(iteration: number, failing: readonly string[], outcome: string): ReportRound {
  const isChecked = outcome !== 'none'
  return {
    iteration,
    check: isChecked ? { passed: outcome === 'pass', score: 0 } : undefined,
    checkRuns: isChecked ? [{ command: 'test', outcome, stdout: '', stderr: '' }] : [],
    failing,
    seconds: 1,
    sources: new Map<string, string>(),
    reply: undefined,
  }
}

const NOTHING = { fixed: [], broke: [], failing: [] }

test.each([
  { what: 'a round without a check', middle: round(1, [], 'none') },
  { what: 'a tampered check', middle: round(1, [], 'error: tampered') },
  { what: 'a check that was stopped', middle: round(1, ['b'], 'timeout') },
  { what: 'a check that names no test', middle: round(1, [], 'fail') },
])('$what changes nothing; the next one is compared with the last that reported the tests', ({ middle }) => {
  const rounds = [round(0, ['a', 'b'], 'fail'), middle, round(2, ['b', 'c'], 'fail')]
  expect(testChanges(rounds)).toEqual([
    { ...NOTHING, failing: ['a', 'b'] },
    NOTHING,
    { fixed: ['a'], broke: ['c'], failing: ['b'] },
  ])
})

test('a pass fixes everything that failed', () => {
  expect(testChanges([round(0, ['a'], 'fail'), round(1, [], 'pass')])[1]).toEqual({ ...NOTHING, fixed: ['a'] })
})
