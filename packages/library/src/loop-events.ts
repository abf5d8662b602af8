/** Why a loop ended. */
export type LoopReason =
  | 'passed'
  | 'declared'
  | 'no-new-versions'
  | 'identical'
  | 'oscillating'
  | 'incomplete'
  | 'custom'
  | 'plateau'
  | 'stalled'
  | 'iterations'
  | 'timeout'
  | 'budget'
  | 'error'
  | 'interrupted'
  | (string & {})

/** What all replies together took. */
export interface LoopUsage {
  readonly calls: number
  readonly tokens: number
  /** In US dollars; null if a call did not report it. */
  readonly cost: number | null
}

/** What happened in a loop, as `lr-loop --json-events` writes it. Newer versions may add kinds and fields. */
export type LoopEvent = { readonly time: string } &
  /** `run` is the folder of the run, which `lr-loop --resume` takes. */
  (
    | { readonly event: 'began'; readonly run?: string }
    /** The sources as the run found them. */
    | {
        readonly event: 'sized'
        readonly files: number
        readonly bytes: number
        readonly window?: { readonly tokens: number; readonly model: string; readonly source: string }
      }
    /** Before and after a stage (`bytes` is the size of a prompt): `check`, `prompt`, `llm`, `apply`, `git-commit`. */
    | { readonly event: 'started'; readonly stage: string; readonly iteration: number; readonly bytes?: number }
    | { readonly event: 'ended'; readonly stage: string; readonly iteration: number; readonly status: number }
    | { readonly event: 'found'; readonly name: string; readonly value: string }
    | { readonly event: 'branched'; readonly branch: string }
    /** lr-llm waits until this time (ISO 8601) before it sends a request again. */
    | {
        readonly event: 'waiting'
        readonly iteration: number
        readonly cause: 'retry' | 'rate-limit'
        readonly model: string
        readonly reason: string
        readonly message: string
        readonly seconds: number
        readonly until: string
      }
    /** `said` tells in a line what failed. */
    | {
        readonly event: 'checked'
        readonly iteration: number
        readonly passed: boolean
        readonly score: number
        readonly said: string
      }
    | {
        readonly event: 'replied'
        readonly iteration: number
        /** `changed`, `unchanged`, `rejected`, `nothing` … */
        readonly reply: string
        readonly declared: boolean
        readonly files: readonly string[]
        readonly tokens: number
        /** How many of them came from the provider's cache, where any did. */
        readonly cached?: number
        readonly cost: number | null
        readonly commits: readonly string[]
      }
    | { readonly event: 'restarted'; readonly iteration: number }
    | { readonly event: 'returned'; readonly iteration: number; readonly to: number; readonly score: number }
    | { readonly event: 'stop-command'; readonly iteration: number; readonly said: string }
    | { readonly event: 'attempt-began'; readonly attempt: number }
    | { readonly event: 'attempt-ended'; readonly attempt: number; readonly status: number; readonly score: number }
    | { readonly event: 'attempt-kept'; readonly attempt: number; readonly commits: readonly string[] }
    | { readonly event: 'end'; readonly status: number; readonly reason: LoopReason; readonly error?: string }
  )

/** How a loop ended, as `lr-loop --json` prints it. */
export interface LoopSummary {
  /** The exit code: 0 only if the check passes on the files as they are now. */
  readonly status: number
  readonly reason: LoopReason
  readonly error?: string
  /** Replies received. */
  readonly iterations: number
  /** Of every round, the first being the check before any reply. */
  readonly scores: readonly number[]
  readonly branch: string | null
  readonly commits: readonly string[]
  /** The folder of the run. */
  readonly run: string
  readonly usage: LoopUsage
  readonly seconds: number
}
