import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import {
  type Baseline,
  type Checker,
  countReport,
  type Finding,
  maskText,
  plainText,
  type Plan,
  readFindings,
  readTapTests,
  shapeText,
  type TestReport,
} from '@loop-runner/checkers'
import type { ResultCache } from '../cache/result-cache.ts'
import type { KnownFailures } from '../known/known-failures.ts'
import { countRun, type Counts, readText } from '@loop-runner/tamper'
import { type SaidScore, type Outcome } from '@loop-runner/stage-protocol'
import { applyBaseline } from './apply-baseline.ts'
import { type Ended, judge, lacksRoom } from './judge.ts'
import { doubtPass } from './doubt-pass.ts'
import { findingsCount, isFailure, type Reviewed, reviewOutcome } from './review-pass.ts'
import { isCut, readTap } from './review-tap.ts'
import { scoreOf } from './score.ts'
import { type Printed, startPlan, type StartOptions } from './start-plan.ts'

/** How runs are made and shown. */
export interface RunOptions extends StartOptions {
  readonly raw: boolean
  /** Whether findings are read from the output of a check. */
  readonly findings: boolean
  /** Where results are kept, and looked for before a run is made. */
  readonly cache: ResultCache | undefined
  /** Known failures, which are ignored. */
  readonly baseline: Baseline | undefined
  /** The failures that are known already, and so do not count. */
  readonly known?: KnownFailures | undefined
  /** Whether a pass that its output speaks against is inconclusive. */
  readonly isStrict: boolean
  /** Whether checked files and tests are counted. */
  readonly counts?: boolean
}

/** A run as it is reported. */
export interface Run {
  readonly plan: Plan
  readonly status: number
  readonly outcome: Outcome
  readonly stdout: string
  readonly stderr: string
  /** Undefined for a fixer. */
  readonly score: SaidScore | undefined
  /** Undefined unless asked for. */
  readonly findings: readonly Finding[] | undefined
  /** The test runner's own report, if it wrote one. */
  readonly report?: TestReport
  /** Without a report: the tests that a script printed in TAP, if known failures are asked for. */
  readonly printed?: TestReport
  /** The files or tests that it checked, if they are counted. */
  readonly counts?: Counts
  /** Tests or check scripts have changed, so the outcome, an error, says nothing about the sources. */
  readonly isTampered?: boolean
}

/** Runs a planned check, or takes its cached result, and classifies it. */
export async function runPlan(plan: Plan, options: RunOptions, io: Io): Promise<Run> {
  if (plan.obstacle) return notRun(plan, plan.obstacle, options)
  const cached = await options.cache?.find(plan, options, io)
  const printed = cached?.known ?? (await startPlan(plan, options, io))
  const run = judgePrinted(plan, printed, options, io)
  if (run.outcome === 'pass' || run.outcome === 'fail') await cached?.keep(printed)
  return options.baseline ? applyBaseline(run, options.baseline) : run
}

function judgePrinted(plan: Plan, { result, stdout, stderr, report }: Printed, options: RunOptions, io: Io): Run {
  const textOf = (path: string) => readText(resolve(io.cwd, plan.folder, path))
  const ended: Ended = {
    argv: plan.started ?? plan.argv,
    commands: plan.commands,
    result,
    stdout: plainText(stdout),
    stderr: plainText(stderr),
    textOf,
  }
  const reviewed = review(judge(ended, plan.checker), { ended, report }, plan, io)
  const { outcome, remark } = doubtPass(reviewed, ended, { hasReport: report !== undefined, ...options })
  if (outcome === 'pass' && remark !== undefined) io.warn(`${plan.argv[0]}: ${remark}`)
  if (lacksRoom(ended)) io.warn('a sanitizer needs more memory than --memory allows (use --memory none)')
  const shape = (text: string) => shapeText(text, io.cwd, plan.checker)
  return {
    plan,
    status: result.status,
    outcome,
    stdout: options.raw ? stdout : shape(ended.stdout),
    stderr: withRemark(options.raw ? stderr : shape(ended.stderr), remark),
    score: scoreOf(ended, outcome, plan.checker, report === 'incomplete' ? undefined : report),
    findings: options.findings ? findingsOf(ended, plan, io.cwd) : undefined,
    ...testsOf(ended, report, options),
    ...(options.counts ? { counts: countsOf(ended, plan, report) } : {}),
  }
}

function testsOf(ended: Ended, report: Printed['report'], { known }: RunOptions): Pick<Run, 'report' | 'printed'> {
  if (report === undefined) return known ? printedTests(ended) : {}
  return report === 'incomplete' ? {} : { report }
}

function notRun(plan: Plan, { outcome, message }: NonNullable<Plan['obstacle']>, { findings }: RunOptions): Run {
  const status = { missing: 127, none: 0, fail: 1 }[outcome]
  return {
    plan,
    status,
    outcome,
    stdout: '',
    stderr: message,
    score: { score: 0, deficiencies: [] },
    findings: findings ? [] : undefined,
  }
}

function review(
  outcome: Outcome,
  { ended, report }: { readonly ended: Ended; readonly report: Printed['report'] },
  plan: Plan,
  { cwd }: Io,
): Reviewed {
  const { checker, inside = [] } = plan
  const checkers = checker ? [checker] : inside
  const linters = checkers.filter(findingsCount)
  const findings = linters.flatMap((linter) =>
    readAll(ended, linter, plan, cwd).filter((finding) => isFailure(finding, linter)),
  )
  return reviewOutcome(outcome, ended, { checkers, isScript: !checker, findings, report })
}

/** The runner's own report counts, if there is one. */
function countsOf({ stdout, stderr }: Ended, plan: Plan, report: Printed['report']): Counts {
  if (report !== undefined && report !== 'incomplete' && report.tests.length > 0) return countReport(report)
  return countRun(`${stdout}\n${stderr}`, plan)
}

/** An exit code larger than the number of failures (Test::More) is a failure outside of any test. */
function printedTests({ stdout, result }: Ended): { printed?: TestReport } {
  const tap = readTap(stdout)
  if (tap === undefined || tap.isIncomplete || isCut(stdout)) return {}
  const { tests, otherFailures } = readTapTests(stdout)
  return { printed: { tests, otherFailures: otherFailures + (result.status > 125 ? 1 : 0) } }
}

/** A line of lr-check after the output of the check. */
function withRemark(stderr: string, remark: string | undefined): string {
  if (remark === undefined) return stderr
  return `${stderr}${stderr === '' || stderr.endsWith('\n') ? '' : '\n'}lr-check: ${remark}\n`
}

function readAll(ended: Ended, checker: Checker | undefined, { folder }: Plan, cwd: string): Finding[] {
  const isFile = (path: string) => statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() === true
  return readFindings(ended, checker, { cwd, folder, isFile })
}

function findingsOf(ended: Ended, plan: Plan, cwd: string): Finding[] {
  const { checker } = plan
  const found = readAll(ended, checker, plan, cwd)
  const masked = (text: string) => maskText(text, cwd, checker?.masks)
  return found.map((finding) => ({ ...finding, code: masked(finding.code), message: masked(finding.message) }))
}
