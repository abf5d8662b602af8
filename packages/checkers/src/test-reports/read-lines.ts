import { relative } from 'node:path'
import type { ReportState, TestResult } from './test-report.ts'

/** One line of the reports that this program's own reporters write. */
interface Line {
  readonly name?: string
  readonly file?: string
  readonly outcome?: string
  readonly message?: string
  /** On the last line. */
  readonly end?: boolean
}

/** The report of one of this program's own reporters: a JSON object a line, the last one `{"end":true}`. */
export function readReportLines(text: string, cwd: string): ReportState {
  const lines = text.split('\n').flatMap(parse)
  if (!lines.some(({ end }) => end === true)) return 'incomplete'
  const tests: TestResult[] = []
  let otherFailures = 0
  for (const { name, file, outcome, message } of lines) {
    if (outcome === 'broken') otherFailures++
    if (name === undefined || !isOutcome(outcome)) continue
    tests.push({ name: file === undefined ? name : `${relative(cwd, file)}: ${name}`, outcome, message })
  }
  return { tests, otherFailures }
}

function isOutcome(outcome: string | undefined): outcome is TestResult['outcome'] {
  return outcome === 'passed' || outcome === 'failed' || outcome === 'skipped'
}

function parse(line: string): Line[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Line]
  } catch {
    // The last line of a process that was stopped while it wrote.
    return []
  }
}
