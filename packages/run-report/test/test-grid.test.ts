import { expect, test } from 'vitest'
import type { ReportRound } from '../src/report.ts'
import { testGrid } from '../src/test-grid.ts'

function round(
  iteration: number,
  failing: readonly string[],
  outcome = failing.length > 0 ? 'fail' : 'pass',
): ReportRound {
  return {
    iteration,
    check: { passed: outcome === 'pass', score: 0 },
    checkRuns: [{ command: 'test', outcome, stdout: '', stderr: '' }],
    failing,
    seconds: 1,
    sources: new Map<string, string>(),
    reply: undefined,
  }
}

test('a test is followed through failing, fixed, passing and broken', () => {
  const rounds = [round(0, ['a', 'b']), round(1, ['b']), round(2, ['a']), round(3, [])]
  expect(testGrid(rounds)).toEqual([
    { name: 'a', cells: ['failing', 'fixed', 'broke', 'fixed'] },
    { name: 'b', cells: ['failing', 'failing', 'fixed', 'passing'] },
  ])
})

test.each(['error', 'missing', 'timeout', 'error: tampered', 'none'])(
  'a check that ended as %s says nothing',
  (outcome) => {
    const [row] = testGrid([round(0, ['a']), round(1, [], outcome), round(2, ['a'])])
    expect(row?.cells).toEqual(['failing', 'unknown', 'failing'])
  },
)

test('a check that fails without naming a test says nothing', () => {
  expect(testGrid([round(0, ['a']), round(1, [], 'fail')])[0]?.cells).toEqual(['failing', 'unknown'])
})

test('without failing tests there is no grid', () => {
  expect(testGrid([round(0, [])])).toEqual([])
})
