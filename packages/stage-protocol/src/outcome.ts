/** How a run of a check ended, by the checker's own rules. */
export const OUTCOMES = ['pass', 'fail', 'error', 'missing', 'timeout', 'killed', 'none'] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * - `tampered`: tests or check scripts were changed, so that the run proves nothing.
 * - `inconclusive`: a linter was stopped, which says nothing about the files.
 */
export type Doubt = 'tampered' | 'inconclusive'

export interface StatedOutcome {
  readonly outcome: Outcome
  readonly doubt?: Doubt | undefined
}

/** The content of an `outcome` block. */
export function writeOutcome({ outcome, doubt }: StatedOutcome): string {
  return `${outcome}${doubt === undefined ? '' : `: ${doubt}`}\n`
}

/** What an `outcome` block says; undefined if it begins with no outcome. */
export function readOutcome(content: string): StatedOutcome | undefined {
  const [, word, doubt] = /^\s*([a-z]*)(?:: (tampered|inconclusive)\s*$)?/.exec(content) ?? []
  const outcome = OUTCOMES.find((one) => one === word)
  return outcome === undefined ? undefined : { outcome, doubt: doubt as Doubt | undefined }
}
