import { countTests, type TestReport, type TestResult } from './test-report.ts'

/** What of a name may differ from run to run: numbers, addresses, identifiers. */
const VARYING = /0x[\da-f]+|[\da-f]{8,}(?:-[\da-f]{4,})*|\d+/gi

/** How many tests a report has, and how many of them were skipped. */
interface ReportCounts {
  readonly tests: number
  readonly skipped: number
  /** Of those that ran, each once. */
  readonly names: readonly string[]
  /** Of those that failed, each once. */
  readonly failed: readonly string[]
}

export function countReport(report: TestReport): ReportCounts {
  const ran = report.tests.filter(({ outcome }) => outcome !== 'skipped')
  return {
    tests: report.tests.length,
    skipped: countTests(report, 'skipped'),
    names: namesOf(ran),
    failed: namesOf(ran.filter(({ outcome }) => outcome === 'failed')),
  }
}

function namesOf(tests: readonly TestResult[]): string[] {
  return [...new Set(tests.map(({ name }) => nameInEveryRun(name)))].sort()
}

/** The name of a test without what may differ from run to run. */
export function nameInEveryRun(name: string): string {
  return name.replaceAll(VARYING, '0')
}
