import { type TestResult, writeFinding } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'
import type { KnownRun } from './known-record.ts'
import { testsOf } from './tests-of.ts'

/** The failures of a run, as a record of known failures stores them. */
export function knownRunOf(run: Run): KnownRun {
  const { findings = [] } = run
  const report = testsOf(run)
  const namesOf = (is: TestResult['outcome']) =>
    report?.tests.filter(({ outcome }) => outcome === is).map(({ name }) => name) ?? []
  return {
    ...(report ? { tests: report.tests.map(({ name }) => name) } : {}),
    failed: namesOf('failed'),
    skipped: namesOf('skipped'),
    otherFailures: report?.otherFailures ?? 0,
    findings: findings.map((finding) => writeFinding(finding).trimEnd()),
  }
}
