import { writeFinding } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'
import { commandLineOf } from '../write-blocks.ts'
import type { KnownRecord, KnownRun } from './known-record.ts'

/** What fails in these runs, as a record of known failures. */
export function recordKnown(runs: readonly Run[]): KnownRecord {
  return { version: 1, runs: Object.fromEntries(runs.map((run) => [commandLineOf(run.plan), knownRunOf(run)])) }
}

function knownRunOf({ report, findings = [] }: Run): KnownRun {
  const failed = report?.tests.filter(({ outcome }) => outcome === 'failed') ?? []
  return {
    ...(report ? { tests: report.tests.map(({ name }) => name) } : {}),
    failed: failed.map(({ name }) => name),
    otherFailures: report?.otherFailures ?? 0,
    findings: findings.map((finding) => writeFinding(finding).trimEnd()),
  }
}
