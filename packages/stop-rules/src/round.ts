/**
 * The result of a reply:
 *
 * - `changed`: new versions were written.
 * - `unchanged`: every version equals the current file.
 * - `rejected`: every version was refused.
 * - `nothing`: no version, or no reply.
 * - `asked`: no version, but a request to see more files.
 * - `blocked`: no version, but the reason why it cannot be done within the files that may change.
 * - `incomplete`: truncated, empty or refused by the model (exit code 5 of lr-llm).
 */
export const REPLY_KINDS = ['changed', 'unchanged', 'rejected', 'nothing', 'asked', 'blocked', 'incomplete'] as const
export type ReplyKind = (typeof REPLY_KINDS)[number]

/** One reply of the model, as applied. */
export interface Reply {
  readonly kind: ReplyKind
  /** Whether the model declared that it is done. */
  readonly declared: boolean
}

/** A check of the tree and the reply that led to that tree; the first round has no reply. */
export interface Round {
  readonly reply: Reply | undefined
  readonly passed: boolean
  /** Whether tests or check scripts were changed, so that the check is not reliable. */
  readonly tampered?: boolean
  /** Whether the check passes and the hidden check fails; then the round has not passed. */
  readonly unconfirmed?: boolean
  /** From 0 to 1: the mean over the check's runs. */
  readonly score: number
  /** A hash of the contents of the sources. */
  readonly tree: string
  /** A hash of the failures, without numbers: two rounds with the same one fail in the same way. */
  readonly failure: string
}

/** Model usage so far. */
export interface Usage {
  readonly calls: number
  readonly tokens: number
  /** In US dollars; undefined if a call did not report it. */
  readonly cost: number | undefined
}

/** Orders rounds: a pass is worth more than any other round, a tampered check less. */
export function worthOf({ passed, tampered, score }: Pick<Round, 'passed' | 'tampered' | 'score'>): number {
  if (tampered) return -1
  return passed ? 1 + score : score
}
