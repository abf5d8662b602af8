import { countResults, expandMachineReports } from '@loop-runner/checkers'
import { type Summary, TEST_SUMMARIES } from './test-summaries.ts'

/** The share of tests that passed, by what a test runner sums up, or by what it lists; undefined if no report is found. */
export function shareOfTests(printed: string): number | undefined {
  const text = expandMachineReports(printed)
  // A longer line sums up nothing, and would take patterns long.
  const short = text.replace(/^.{2000,}$/gm, '')
  const found = TEST_SUMMARIES.map((summary) => countIn(summary.isLong ? text : short, summary))
  const isSummedUp = found.some(({ passed, failed }) => passed + failed > 0)
  const sum = isSummedUp ? found : [countResults(text) ?? { passed: 0, failed: 0 }]
  const passed = sum.reduce((all, counts) => all + counts.passed, 0)
  const failed = sum.reduce((all, counts) => all + counts.failed, 0)
  return passed + failed === 0 ? undefined : passed / (passed + failed)
}

function countIn(text: string, { passed, failed, total, only }: Summary): { passed: number; failed: number } {
  if (only?.test(text) === false) return { passed: 0, failed: 0 }
  const failures = sumOf(failed, text)
  return { passed: total ? Math.max(0, sumOf([total], text) - failures) : sumOf(passed, text), failed: failures }
}

function sumOf(patterns: readonly RegExp[], text: string): number {
  let sum = 0
  for (const pattern of patterns) {
    for (const [, ...groups] of text.matchAll(pattern)) {
      sum += groups.length === 0 ? 1 : groups.reduce((all, group) => all + Number(group), 0)
    }
  }
  return sum
}
