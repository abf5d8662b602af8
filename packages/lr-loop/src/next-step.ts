import type { Reply, Round, Usage } from './round.ts'

/** Why a loop ended, as its summary says it. */
export type Reason =
  | 'passed'
  | 'declared'
  | 'no-new-versions'
  | 'identical'
  | 'oscillating'
  | 'stalled'
  | 'not-whole'
  | 'iterations'
  | 'timeout'
  | 'budget'

export interface Limits {
  readonly iterations: number
  readonly timeoutMs?: number | undefined
  readonly maxTokens?: number | undefined
  readonly maxCost?: number | undefined
}

/** What has happened so far. */
export interface Progress {
  /** Oldest first; the first is the check before any reply. */
  readonly rounds: readonly Round[]
  readonly usage: Usage
  readonly elapsedMs: number
}

/** Rounds in a row of which nothing could be used, after which the loop gives up. */
const USELESS_ROUNDS = 3

/**
 * Why the loop ends now, or undefined where the model is to be asked again. A passing check beats everything; limits are
 * tested only here, before a call, never between a write and its check (DESIGN.md "lr-loop"; research/fix-loops.md 4.1).
 */
export function endReason(progress: Progress, limits: Limits): Reason | undefined {
  const last = progress.rounds.at(-1)
  if (last?.passed) return 'passed'
  return (
    (last?.reply && reasonOfReply(last.reply)) ?? reasonOfHistory(progress.rounds) ?? reasonOfLimit(progress, limits)
  )
}

function reasonOfReply({ kind, declared }: Reply): Reason | undefined {
  // With new versions the phrase is only information: the check has just judged them (research/fix-loops.md D85).
  if (declared && kind !== 'changed') return 'declared'
  if (kind === 'nothing') return 'no-new-versions'
  return kind === 'unchanged' ? 'identical' : undefined
}

function reasonOfHistory(rounds: readonly Round[]): Reason | undefined {
  const last = rounds.at(-1)
  const kinds = rounds.map((round) => round.reply?.kind)
  if (last?.reply?.kind === 'changed' && rounds.slice(0, -1).some((round) => round.tree === last.tree))
    return 'oscillating'
  if (kinds.at(-1) === 'not-whole' && kinds.at(-2) === 'not-whole') return 'not-whole'
  const recent = kinds.slice(-USELESS_ROUNDS)
  const useless = recent.every((kind) => kind === 'rejected' || kind === 'not-whole')
  return useless && recent.length === USELESS_ROUNDS ? 'stalled' : undefined
}

function reasonOfLimit({ rounds, usage, elapsedMs }: Progress, limits: Limits): Reason | undefined {
  if (rounds.length > limits.iterations) return 'iterations'
  if (limits.timeoutMs !== undefined && elapsedMs >= limits.timeoutMs) return 'timeout'
  const overTokens = limits.maxTokens !== undefined && usage.tokens >= limits.maxTokens
  const overCost = limits.maxCost !== undefined && (usage.cost ?? 0) >= limits.maxCost
  return overTokens || overCost ? 'budget' : undefined
}
