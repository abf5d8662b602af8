import type { ToolName } from '../options.ts'
import type { CheckPattern } from './allowed-check.ts'

/** What the user allows every client to do. */
export interface Policy {
  /** The folder that bounds everything. */
  readonly root: string
  /** Patterns of check commands. */
  readonly allowedChecks: readonly CheckPattern[]
  readonly model: string | undefined
  readonly tools: readonly ToolName[]
  /** Limits of what a client may ask for in one fix. */
  readonly maxCalls: number
  readonly maxSeconds: number
  readonly maxCost: number | undefined
  /** Checks and fixes at a time, of all clients together. */
  readonly maxJobs: number
  /** The configuration file and the profile that the user named. */
  readonly config: string | undefined
  readonly profile: string | undefined
}
