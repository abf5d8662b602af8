import type { TestReport, TestResult } from './test-report.ts'

/** What of a name may differ from run to run: numbers, addresses, identifiers. */
const VARYING = /0x[\da-f]+|[\da-f]{8,}(?:-[\da-f]{4,})*|\d+/gi

/** How many tests of different names a report has, and how many of them were skipped. */
interface ReportCounts {
  readonly tests: number
  readonly skipped: number
  /** Of those that ran, each once. */
  readonly names: readonly string[]
  /** Of those that failed, each once. */
  readonly failed: readonly string[]
}

export function countReport(report: TestReport): ReportCounts {
  const { tests } = report
  const ran = tests.filter(({ outcome }) => outcome !== 'skipped')
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped')
  return {
    tests: distinctNames(tests).size,
    skipped: distinctNames(skipped).size,
    names: namesOf(ran),
    failed: namesOf(ran.filter(({ outcome }) => outcome === 'failed')),
  }
}

/** A test has more than one result if it fails in several subtests, or once more as it is torn down. */
function distinctNames(tests: readonly TestResult[]): ReadonlySet<string> {
  return new Set(tests.map(({ name }) => name))
}

function namesOf(tests: readonly TestResult[]): string[] {
  return [...new Set(tests.map(({ name }) => nameInEveryRun(name)))].sort()
}

/** The name of a test without what may differ from run to run. */
export function nameInEveryRun(name: string): string {
  return name.replaceAll(VARYING, '0')
}
