import { type Reply, type Round, type Usage, worthOf } from './round.ts'
import { stallStep } from './stall-step.ts'

const REASONS = [
  'passed',
  'declared',
  'no-new-versions',
  'identical',
  'oscillating',
  'not-whole',
  'custom',
  'plateau',
  'stalled',
  'iterations',
  'timeout',
  'budget',
] as const
/** Why a loop ended, as its summary says it. */
export type Reason = (typeof REASONS)[number]

/** Also the ends that are no decision of the loop: a stage failed, a signal came. */
export const END_REASONS = [...REASONS, 'error', 'interrupted'] as const
export type EndReason = (typeof END_REASONS)[number]

/** When to end; what is undefined sets no limit. */
export interface Limits {
  readonly iterations: number
  /** A passing check ends the loop only from this reply on. */
  readonly minIterations?: number | undefined
  /** Two changes of the score in a row that are smaller end the loop. */
  readonly plateau?: number | undefined
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
  /** What the user's own stop command said of these rounds: a reason, or nothing. */
  readonly custom: string | undefined
}

/** What the loop does next. A restart goes back to the best state and asks with a fresh prompt. */
export type Step = { readonly do: 'ask' | 'restart' } | { readonly do: 'stop'; readonly reason: Reason }

/**
 * The one decision of the loop. A passing check beats everything; limits are tested only here, before a call, never
 * between a write and its check (DESIGN.md "lr-loop"; research/fix-loops.md 4.1). The order is an interface.
 */
export function nextStep(progress: Progress, limits: Limits): Step {
  const reason = reasonOfVerdict(progress, limits)
  if (reason) return stop(reason)
  const stall = stallStep(progress.rounds)
  if (stall === 'stop') return stop('stalled')
  const limit = reasonOfLimit(progress, limits)
  if (limit) return stop(limit)
  return { do: stall === 'restart' ? 'restart' : 'ask' }
}

/** The ends that lie in what the check and the last reply said. */
function reasonOfVerdict({ rounds, custom }: Progress, limits: Limits): Reason | undefined {
  const last = rounds.at(-1)
  if (last?.passed && rounds.length > (limits.minIterations ?? 0)) return 'passed'
  const reason = (last?.reply && reasonOfReply(last.reply)) ?? reasonOfStates(rounds)
  return reason ?? (custom === undefined ? reasonOfScores(rounds, limits) : 'custom')
}

function stop(reason: Reason): Step {
  return { do: 'stop', reason }
}

function reasonOfReply({ kind, declared }: Reply): Reason | undefined {
  // With new versions the phrase is only information: the check has just judged them (research/fix-loops.md D85).
  if (declared && kind !== 'changed') return 'declared'
  if (kind === 'nothing') return 'no-new-versions'
  return kind === 'unchanged' ? 'identical' : undefined
}

function reasonOfStates(rounds: readonly Round[]): Reason | undefined {
  const last = rounds.at(-1)
  const seen = last?.reply?.kind === 'changed' && rounds.slice(0, -1).some((round) => round.tree === last.tree)
  if (seen) return 'oscillating'
  const [before, latest] = rounds.slice(-2).map((round) => round.reply?.kind)
  return before === 'not-whole' && latest === 'not-whole' ? 'not-whole' : undefined
}

/** Only what replies came to counts: the check before them is where the loop started from. */
function reasonOfScores(rounds: readonly Round[], { plateau, minIterations = 0 }: Limits): Reason | undefined {
  const scores = rounds.slice(1).map(({ score }) => score)
  if (plateau === undefined || scores.length < Math.max(3, minIterations)) return undefined
  const [first = 0, second = 0, third = 0] = scores.slice(-3)
  return Math.abs(second - first) < plateau && Math.abs(third - second) < plateau ? 'plateau' : undefined
}

function reasonOfLimit({ rounds, usage, elapsedMs }: Progress, limits: Limits): Reason | undefined {
  if (rounds.length > limits.iterations) return 'iterations'
  if (limits.timeoutMs !== undefined && elapsedMs >= limits.timeoutMs) return 'timeout'
  const overTokens = limits.maxTokens !== undefined && usage.tokens >= limits.maxTokens
  const overCost = limits.maxCost !== undefined && (usage.cost ?? 0) >= limits.maxCost
  return overTokens || overCost ? 'budget' : undefined
}

/** The round that is worth most, the earliest of equals; `rounds` is not empty. */
export function bestRound(rounds: readonly Round[]): number {
  const worths = rounds.map(worthOf)
  return worths.indexOf(Math.max(...worths))
}
