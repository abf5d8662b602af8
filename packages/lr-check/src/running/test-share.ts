import { sumMatches, TALLIES, type Tally } from '@loop-runner/checker-table'
import { countResults, dropPrefixes, expandMachineReports } from '@loop-runner/checkers'

/** The share of passed tests, from the summary or the list of a test runner; undefined if neither is found. */
export function shareOfTests(printed: string): number | undefined {
  const text = dropPrefixes(expandMachineReports(printed).split('\n')).join('\n')
  // A longer line sums up nothing, and would take patterns long.
  const short = text.replace(/^.{2000,}$/gm, '')
  const found = TALLIES.map((tally) => countIn(tally.isLong ? text : short, tally))
  const isSummedUp = found.some(({ passed, failed }) => passed + failed > 0)
  const sum = isSummedUp ? found : [countResults(text) ?? { passed: 0, failed: 0 }]
  const passed = sum.reduce((all, counts) => all + counts.passed, 0)
  const failed = sum.reduce((all, counts) => all + counts.failed, 0)
  return passed + failed === 0 ? undefined : passed / (passed + failed)
}

function countIn(text: string, { passed, failed, total, only }: Tally): { passed: number; failed: number } {
  if (only?.test(text) === false) return { passed: 0, failed: 0 }
  const failures = sumMatches(failed, text)
  return {
    passed: total ? Math.max(0, sumMatches([total], text) - failures) : sumMatches(passed, text),
    failed: failures,
  }
}
