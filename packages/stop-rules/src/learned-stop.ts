/** A run that has ended. */
export interface EarlierRun {
  /** After each reply. */
  readonly scores: readonly number[]
  readonly passed: boolean
}

/** What became of the earlier runs that were once like a run as it is now. */
export interface Prospect {
  readonly runs: number
  readonly passed: number
  /** The upper end of the interval (Wilson, 80 % one-sided) in which the share of passes is. */
  readonly chance: number
}

/** Fewer runs say nothing. */
const ENOUGH = 20
/** Below this chance of a pass another reply is unlikely to pay. */
const CHANCE = 0.05
const Z_80_PERCENT = 0.84
/** Rounds from here on are alike. */
const LATE_ROUND = 6
/** A score that changes by less counts as unchanged. */
const CHANGE = 0.05

/**
 * Whether earlier runs say that another reply is unlikely to pay.
 *
 * @param scores of the run, after each reply
 * @returns the figures if it is; undefined if it may pay, or if too few earlier runs were like this one
 */
export function unlikelyToPass(scores: readonly number[], earlier: readonly EarlierRun[]): Prospect | undefined {
  if (scores.length === 0) return undefined
  const state = stateOf(scores)
  const alike = earlier.filter((run) => run.scores.some((_, index) => isInState(run, index, state)))
  if (alike.length < ENOUGH) return undefined
  const passed = alike.filter((run) => run.passed).length
  const chance = upperBound(passed, alike.length)
  return chance < CHANCE ? { runs: alike.length, passed, chance } : undefined
}

/** A run is past its last state when it has ended: the end is no state in which a reply follows. */
function isInState({ scores }: EarlierRun, index: number, state: string): boolean {
  return index < scores.length - 1 && stateOf(scores.slice(0, index + 1)) === state
}

/** The round, the quarter of the last score, and whether the last reply changed the score. */
function stateOf(scores: readonly number[]): string {
  const [before = 0, last = 0] = [scores.at(-2), scores.at(-1)]
  return [Math.min(scores.length, LATE_ROUND), Math.floor(last * 4), Math.abs(last - before) >= CHANGE].join()
}

function upperBound(passed: number, runs: number): number {
  const square = Z_80_PERCENT ** 2
  const share = passed / runs
  const spread = Z_80_PERCENT * Math.sqrt((share * (1 - share)) / runs + square / (4 * runs ** 2))
  return (share + square / (2 * runs) + spread) / (1 + square / runs)
}
