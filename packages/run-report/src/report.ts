import type { FileDiff } from './diff-sources.ts'
import type { RunData } from './run-data.ts'

/** One command of a check, and what came of it. */
export interface CheckRun {
  readonly command: string
  /** `pass`, `fail`, `error: tampered` … */
  readonly outcome: string
  readonly stdout: string
  readonly stderr: string
}

export interface RoundCheck {
  readonly passed: boolean
  readonly score: number
  /** Whether tests or check scripts were changed, so that it proves nothing. */
  readonly tampered?: boolean | undefined
  /** What speaks against its result, a line each. */
  readonly doubts?: readonly string[] | undefined
}

/** A reply and the check after it; the first round is the check before any reply. */
export interface ReportRound {
  readonly iteration: number
  /** Undefined if the round ended before its check did. */
  readonly check: RoundCheck | undefined
  readonly checkRuns: readonly CheckRun[]
  /** Names of the tests that fail, as the runner prints them. */
  readonly failing: readonly string[]
  readonly seconds: number
  /** Contents of the sources by path, as they were checked; without a check in this round, as before. */
  readonly sources: ReadonlyMap<string, string>
  /** Undefined for the first round, and for the check of the files as the run left them. */
  readonly reply: ReportReply | undefined
}

export interface ReportReply {
  /** `changed`, `unchanged`, `rejected`, … as the loop recorded it. */
  readonly kind: string
  readonly files: readonly string[]
  readonly tokens: number
  readonly cost: number | null
  readonly commits: readonly string[]
  readonly explanation: string
  /** `PATH: reason`, one for each part that was not applied. */
  readonly rejected: readonly string[]
  readonly diffs: readonly FileDiff[]
  /** As sent and as received. */
  readonly prompt: string
  readonly text: string
}

/** Everything that a page about a run shows. */
export interface Report {
  readonly data: RunData
  /** The commit that the run started from; undefined without git or if it no longer exists. */
  readonly startCommit: string | undefined
  readonly rounds: readonly ReportRound[]
  /** Contents of the sources by path, before the first reply and as the run left them. */
  readonly files: { readonly before: ReadonlyMap<string, string>; readonly after: ReadonlyMap<string, string> }
  /** Empty for a run without attempts. */
  readonly attempts: readonly AttemptReport[]
}

/** One of several loops at the same task. */
export interface AttemptReport {
  readonly data: RunData['attempts'][number]
  readonly rounds: readonly ReportRound[]
}
