/** What a reply came to. */
export type ReplyKind =
  /** New versions were written. */
  | 'changed'
  /** Every version in it equals the file as it is. */
  | 'unchanged'
  /** Every version in it was refused. */
  | 'rejected'
  /** It held no versions, or there was none. */
  | 'nothing'
  /** It was cut off, empty or refused by the model: lr-llm's status 5. */
  | 'not-whole'

/** One reply of the model, as applied. */
export interface Reply {
  readonly kind: ReplyKind
  /** Whether the model declared that it is done. */
  readonly declared: boolean
}

/** A check of the tree, and the reply that led to that tree; the first round has none. */
export interface Round {
  readonly reply: Reply | undefined
  readonly passed: boolean
  /** Whether the check gave no verdict because what judges was changed. */
  readonly tampered?: boolean
  /** From 0 to 1: the mean over the check's runs. */
  readonly score: number
  /** A hash of the sources' contents. */
  readonly tree: string
  /** A hash of what fails, without numbers: two rounds with the same one fail in the same way. */
  readonly failure: string
}

/** What the model has used so far. */
export interface Usage {
  readonly calls: number
  readonly tokens: number
  /** In US dollars; undefined where a call did not say. */
  readonly cost: number | undefined
}

/** By which rounds are compared: a pass is worth more than any other, and a check that was tampered with less. */
export function worthOf({ passed, tampered, score }: Pick<Round, 'passed' | 'tampered' | 'score'>): number {
  if (tampered) return -1
  return passed ? 1 + score : score
}
