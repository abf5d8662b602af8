import type { NamedSources } from '@loop-runner/tamper'
import type { ConfineIn } from '../canary/run-in-copy.ts'

/** The guarded files, and how they are guarded. */
export interface GuardRequest {
  /** The file of the record, as it was named. */
  readonly file: string
  /** Whether a new record is made. */
  readonly renews: boolean
  /** The request, by which a record is recognised as one of the same check. */
  readonly call: readonly string[]
  readonly sources: NamedSources
  /** Patterns of further guarded files, and of files that may change. */
  readonly protect: readonly string[]
  readonly allow: readonly string[]
  /** Whether a file may change that an operand names itself. */
  readonly allowsNamed: boolean
  /** Whether the sources may hold more comments that silence checkers. */
  readonly allowsSuppressions: boolean
  /** Whether files are put back that the check itself has changed. */
  readonly putsBack: boolean
  /** Of further runs, in which a test must fail; undefined: none is made. */
  readonly canary: CanarySettings | undefined
}

/** How a pass is tried. */
export interface CanarySettings {
  readonly confineIn: ConfineIn
  /** The least score of a failing check that has to be confirmed, too. */
  readonly leastScore: number | undefined
}
