import type { Checker } from '../checkers/checker.ts'
import type { Finding } from '../findings/finding.ts'
import type { Ended } from './judge.ts'
import type { Outcome } from './outcome.ts'
import { failuresIn } from './score.ts'

/** An outcome, and why it is not what the exit code alone would make it. */
export interface Reviewed {
  readonly outcome: Outcome
  readonly remark?: string
}

/** What a reviewed run is known by. */
export interface ReviewRequest {
  /** The checkers by whose rules its output is read: its own, or those that a script starts. */
  readonly checkers: readonly Checker[]
  /** What these checkers report, read by their own patterns. */
  readonly findings: readonly Finding[]
}

/**
 * Looks again at a run that ended with exit code 0: findings are findings and failed tests are failed tests, also with
 * `--exit-zero`, `|| true` and code under test that ends the process.
 */
export function reviewOutcome(outcome: Outcome, ended: Ended, { checkers, findings }: ReviewRequest): Reviewed {
  if (ended.result.status !== 0 || (outcome !== 'pass' && outcome !== 'none')) return { outcome }
  const failures = checkers.reduce((sum, checker) => sum + failuresIn(ended, checker), 0)
  if (failures > 0)
    return { outcome: 'fail', remark: `exit code 0, but ${count(failures, 'failed test')} in the output` }
  if (findings.length > 0)
    return { outcome: 'fail', remark: `exit code 0, but ${count(findings.length, 'finding')} in the output` }
  return { outcome }
}

/** Whether findings of such a checker make a run fail that ends with 0. */
export function findingsCount({ kind, findings }: Checker): boolean {
  return (kind === 'lint' || kind === 'type' || kind === 'format') && findings !== undefined
}

/** Notes of compilers explain other findings; what a linter calls a note is a finding of its own. */
export function isFailure({ severity }: Finding, { kind }: Checker): boolean {
  return kind !== 'type' || severity !== 'note'
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
