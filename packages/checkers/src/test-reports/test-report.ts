/** What a runner's own report says of one test. */
export interface TestResult {
  /** What the test is known by across runs: its file, where the report has one, and its full name. */
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Why it failed. */
  readonly message?: string | undefined
}

/** A runner's own report of a run that came to its end. */
export interface TestReport {
  readonly tests: readonly TestResult[]
  /** Failures that belong to no test: a file that cannot be loaded, a hook that throws. */
  readonly otherFailures: number
}

/** What became of the report that a runner was asked for: `incomplete` if the process ended before it was written. */
export type ReportState = TestReport | 'incomplete'

/** How many tests a report has of an outcome. */
export function countTests({ tests }: TestReport, outcome: TestResult['outcome']): number {
  return tests.filter((test) => test.outcome === outcome).length
}
