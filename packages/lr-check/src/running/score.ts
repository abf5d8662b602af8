import { type Checker, countTests, type TestReport } from '@loop-runner/checkers'
import { meanOf, readScoreLines, type SaidScore, type Outcome } from '@loop-runner/stage-protocol'
import type { Ended } from './judge.ts'
import { shareOfTests } from './test-share.ts'

/** The most that a run which fails may have: only a pass is whole. */
const MOST_OF_A_FAILURE = 0.9999

/**
 * The score of a run: what a script reports, the share of passing evidence of its checker or of the test runner that it
 * starts, else 1 for a pass and 0 for anything else. What a runner's own report says of its tests is the most.
 */
export function scoreOf(ended: Ended, outcome: Outcome, checker: Checker | undefined, report?: TestReport): SaidScore {
  if (outcome !== 'pass' && outcome !== 'fail') return { score: 0, deficiencies: [] }
  const text = `${ended.stdout}\n${ended.stderr}`
  const reported = checker ? scoreOfChecker(text, checker) : meanOf(readScoreLines(text))
  const { score, deficiencies } = reported ?? { score: byTests(text, outcome), deficiencies: [] }
  const most = Math.min(MOST_OF_A_FAILURE, shareOfReport(checker, report))
  return { score: outcome === 'pass' ? score : Math.min(score, most), deficiencies }
}

function shareOfReport(checker: Checker | undefined, report: TestReport | undefined): number {
  if (report === undefined || checker === undefined || checker.rating !== undefined) return 1
  const [passed, failed] = [countTests(report, 'passed'), countTests(report, 'failed') + report.otherFailures]
  return failed === 0 ? 1 : passed / (passed + failed)
}

function scoreOfChecker(text: string, checker: Checker): SaidScore | undefined {
  const score = rating(text, checker) ?? share(text, checker)
  return score === undefined ? undefined : { score, deficiencies: [] }
}

function byTests(text: string, outcome: 'pass' | 'fail'): number {
  return outcome === 'pass' ? 1 : (shareOfTests(text) ?? 0)
}

function rating(text: string, { rating: mark }: Checker): number | undefined {
  if (!mark) return undefined
  const value = lastNumber(text, mark.pattern)
  return value === undefined ? undefined : Math.min(1, Math.max(0, value / mark.best))
}

function share(text: string, { counts }: Checker): number | undefined {
  if (!counts) return undefined
  const failed = counts.failed.reduce((sum, pattern) => sum + (lastNumber(text, pattern) ?? 0), 0)
  const total = counts.total === undefined ? undefined : lastNumber(text, counts.total)
  const passed = counts.passed === undefined ? (total ?? 0) - failed : (lastNumber(text, counts.passed) ?? 0)
  return passed + failed > 0 ? Math.max(0, passed) / (Math.max(0, passed) + failed) : undefined
}

/** How many tests the output of a run reports as failed, by the patterns of a checker. */
export function failuresIn({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>, { counts }: Checker): number {
  const text = `${stdout}\n${stderr}`
  const numbers = (counts?.failed ?? []).flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gm'))])
  return numbers.reduce((sum, [, digits]) => sum + Number(digits ?? 0), 0)
}

function lastNumber(text: string, pattern: string): number | undefined {
  let last: string | undefined
  for (const match of text.matchAll(new RegExp(pattern, 'gm'))) last = match[1]
  return last === undefined ? undefined : Number(last)
}
