import type { Outcome } from '@loop-runner/stage-protocol'
import { type Checker, countTests, type Finding, type ReportState, type TestReport } from '@loop-runner/checkers'
import { type Ended, judge } from './judge.ts'
import { readTap } from './review-tap.ts'
import { failuresIn } from './score.ts'

/** An outcome, with the reason why it differs from that of the exit code alone. */
export interface Reviewed {
  readonly outcome: Outcome
  readonly remark?: string
}

/** The data of a run that is reviewed. */
export interface ReviewRequest {
  /** The checkers by whose rules its output is read: its own, or those that a script starts. */
  readonly checkers: readonly Checker[]
  readonly isScript: boolean
  /** The results of these checkers, read by their own patterns. */
  readonly findings: readonly Finding[]
  /** The test runner's own report; undefined if it was not asked for one. */
  readonly report: ReportState | undefined
}

/**
 * Looks again at a run by the runner's own report and by what it printed: an exit code of 0 is no pass if the process
 * ended early, if a test failed, or if something was found (`--exit-zero`, `|| true`).
 */
export function reviewOutcome(outcome: Outcome, ended: Ended, request: ReviewRequest): Reviewed {
  const { status } = ended.result
  if (outcome === 'timeout' || outcome === 'killed' || outcome === 'missing') return { outcome }
  if (request.report === 'incomplete' && endedEarly(outcome, status))
    return { outcome: 'fail', remark: `the process ended before the tests did (exit code ${status})` }
  if (outcome === 'fail') return reviewFailure(ended, request)
  return status === 0 && outcome !== 'error' ? reviewPass(outcome, ended, request) : { outcome }
}

function reviewFailure(ended: Ended, { checkers, isScript }: ReviewRequest): Reviewed {
  if (isScript && ranNoTest(ended, checkers)) return { outcome: 'none' }
  const isTest = checkers.some(({ kind }) => kind === 'test')
  const remark = 'exit code 0, but not all tests ran to their end and passed'
  return { outcome: 'fail', ...(isTest && ended.result.status === 0 ? { remark } : {}) }
}

/** Exit codes of test runners for a run that could not start; the output has the reason. */
const USAGE_CODES = new Set([1, 2, 3, 4, 5])

function endedEarly(outcome: Outcome, status: number): boolean {
  return outcome !== 'fail' && (status === 0 || !USAGE_CODES.has(status))
}

function reviewPass(outcome: Outcome, ended: Ended, request: ReviewRequest): Reviewed {
  const { checkers, isScript, findings, report } = request
  const reported = report === undefined || report === 'incomplete' ? 0 : failuresOf(report)
  const failures = Math.max(reported, ...checkers.map((checker) => failuresIn(ended, checker)))
  if (failures > 0) return { outcome: 'fail', remark: `exit code 0, but ${count(failures, 'failed test')}` }
  if (findings.length > 0) return { outcome: 'fail', remark: `exit code 0, but ${count(findings.length, 'finding')}` }
  if (isScript) return reviewScript(ended, checkers)
  if (report === undefined || report === 'incomplete') return { outcome }
  return { outcome: countTests(report, 'passed') > 0 ? 'pass' : 'none' }
}

/** Messages of test runners that found no tests. */
const NOTHING_TO_RUN = /\bno tests?\b|\btests 0\b|\b0 tests\b|\bskipped\b|\bskip \d/i

/** A script that ends with 0 passes only if each test runner in its command line has printed that a test passed. */
function reviewScript(ended: Ended, checkers: readonly Checker[]): Reviewed {
  const tap = readTap(ended.stdout)
  if (tap && tap.failures > 0)
    return { outcome: 'fail', remark: `exit code 0, but ${count(tap.failures, 'failed test')}` }
  if (tap?.isIncomplete) return { outcome: 'fail', remark: 'exit code 0, but the tests did not run to their end' }
  if (tap?.passes === 0) return { outcome: 'none' }
  const runners = checkers.filter(({ kind }) => kind === 'test')
  if (runners.length === 0 || hidesOutput(ended)) return { outcome: 'pass' }
  const silent = runners.find((runner) => judge(ended, runner) !== 'pass')
  if (!silent) return { outcome: 'pass' }
  if (NOTHING_TO_RUN.test(`${ended.stdout}\n${ended.stderr}`)) return { outcome: 'none' }
  return { outcome: 'fail', remark: `exit code 0, but ${silent.command[0]} reports no passed test` }
}

/** Whether the one known checker of a script is a test runner that has found no test. */
function ranNoTest(ended: Ended, [runner, ...others]: readonly Checker[]): boolean {
  return runner?.kind === 'test' && others.length === 0 && judge(ended, runner) === 'none'
}

/** Whether a command line redirects output, or runs a command only conditionally. */
function hidesOutput({ argv }: Ended): boolean {
  return argv.some((word) => /[|>]|\bif\b|\$\(/.test(word.replaceAll('||', '')))
}

function failuresOf(report: TestReport): number {
  return countTests(report, 'failed') + report.otherFailures
}

/** Whether findings of such a checker make a run fail that ends with 0. */
export function findingsCount({ kind, findings }: Checker): boolean {
  return (kind === 'lint' || kind === 'type' || kind === 'format') && findings !== undefined
}

/** Notes of compilers explain other findings; a note of a linter is a finding of its own. */
export function isFailure({ severity }: Finding, { kind }: Checker): boolean {
  return kind !== 'type' || severity !== 'note'
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
