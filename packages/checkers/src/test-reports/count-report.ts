import { countTests, type TestReport } from './test-report.ts'

/** What of a name may differ from run to run: numbers, addresses, identifiers. */
const VARYING = /0x[\da-f]+|[\da-f]{8,}(?:-[\da-f]{4,})*|\d+/gi

/** How many tests a report has, how many were skipped, and the names of those that ran, each once. */
export function countReport(report: TestReport): { tests: number; skipped: number; names: readonly string[] } {
  const ran = report.tests.filter(({ outcome }) => outcome !== 'skipped')
  return {
    tests: report.tests.length,
    skipped: countTests(report, 'skipped'),
    names: [...new Set(ran.map(({ name }) => name.replaceAll(VARYING, '0')))].sort(),
  }
}
