import { type Reply, type Round, type Usage, worthOf } from './round.ts'
import { stallStep } from './stall-step.ts'

const REASONS = [
  'passed',
  'unconfirmed',
  'blocked',
  'declared',
  'no-new-versions',
  'identical',
  'oscillating',
  'incomplete',
  'custom',
  'plateau',
  'stalled',
  'iterations',
  'timeout',
  'budget',
] as const

/** Why a loop ended. */
export type Reason = (typeof REASONS)[number]
/** With the ends that are no decision of the rules: a stage failed, a signal came. */
export const END_REASONS = [...REASONS, 'error', 'interrupted'] as const
export type EndReason = (typeof END_REASONS)[number]

/** When to end; an undefined limit does not apply. */
export interface Limits {
  readonly iterations: number
  /** A passing check ends the loop only after this many replies. */
  readonly minIterations?: number | undefined
  /** Fruitless replies in a row that end the loop; 2 by default. */
  readonly patience?: number | undefined
  /** Two changes of the score in a row that are smaller end the loop. */
  readonly plateau?: number | undefined
  readonly timeoutMs?: number | undefined
  readonly maxTokens?: number | undefined
  readonly maxCost?: number | undefined
}

/** The history of a loop. */
export interface Progress {
  /** Oldest first; the first is the check before any reply. */
  readonly rounds: readonly Round[]
  readonly usage: Usage
  readonly elapsedMs: number
  /** The reason that a stop command of the user gave for these rounds. */
  readonly custom: string | undefined
}

/** A restart goes back to the best state and sends a fresh prompt. */
export type Step = { readonly do: 'ask' | 'restart' } | { readonly do: 'stop'; readonly reason: Reason }

const PATIENCE = 2
/** States that pass the check and fail the hidden one before the loop ends; more would be guesses at the hidden one. */
const MAX_UNCONFIRMED = 3

/**
 * The one decision of a loop. A passing check comes before everything else; limits are tested only here, before a call,
 * never between a write and its check. The order is an interface (docs/stopping.md).
 */
export function nextStep(progress: Progress, limits: Limits): Step {
  const reason = reasonOfVerdict(progress, limits)
  if (reason) return stop(reason)
  const stall = stallStep(progress.rounds, Math.max(PATIENCE, limits.patience ?? PATIENCE))
  if (stall === 'stop') return stop('stalled')
  const limit = reasonOfLimit(progress, limits)
  if (limit) return stop(limit)
  return { do: stall === 'restart' ? 'restart' : 'ask' }
}

/** The ends that follow from the check and the replies. */
function reasonOfVerdict({ rounds, custom }: Progress, limits: Limits): Reason | undefined {
  const last = rounds.at(-1)
  if (last?.passed && rounds.length > (limits.minIterations ?? 0)) return 'passed'
  if (countUnconfirmed(rounds) >= MAX_UNCONFIRMED) return 'unconfirmed'
  const reason = reasonOfReplies(rounds, limits) ?? reasonOfStates(rounds)
  return reason ?? (custom === undefined ? reasonOfScores(rounds, limits) : 'custom')
}

/** A reply that changed nothing leads to no further state. */
function countUnconfirmed(rounds: readonly Round[]): number {
  return rounds.filter(({ unconfirmed, reply }) => unconfirmed && (reply === undefined || reply.kind === 'changed'))
    .length
}

function stop(reason: Reason): Step {
  return { do: 'stop', reason }
}

/**
 * A fruitless reply ends the loop only after `patience` of them in a row, since the next prompt tells the model what was
 * wrong. If the check passes already, the first one ends it: nothing is left to improve.
 */
function reasonOfReplies(rounds: readonly Round[], { patience = PATIENCE }: Limits): Reason | undefined {
  const last = rounds.at(-1)
  const reasons = rounds.slice(last?.passed ? -1 : -patience).map(({ reply }) => reply && reasonOfReply(reply))
  const enough = last?.passed || reasons.length >= patience
  const isFruitless = enough && reasons.every((reason) => reason !== undefined)
  if (!isFruitless) return undefined
  return last?.unconfirmed ? 'unconfirmed' : reasons.at(-1)
}

function reasonOfReply({ kind, declared }: Reply): Reason | undefined {
  if (kind === 'blocked') return 'blocked'
  // With new versions the phrase is only information: the check has just run on them.
  if (declared && kind !== 'changed') return 'declared'
  if (kind === 'nothing') return 'no-new-versions'
  return kind === 'unchanged' ? 'identical' : undefined
}

function reasonOfStates(rounds: readonly Round[]): Reason | undefined {
  const last = rounds.at(-1)
  const seen = last?.reply?.kind === 'changed' && rounds.slice(0, -1).some((round) => round.tree === last.tree)
  if (seen) return 'oscillating'
  const [before, latest] = rounds.slice(-2).map((round) => round.reply?.kind)
  return before === 'incomplete' && latest === 'incomplete' ? 'incomplete' : undefined
}

/** The check before any reply does not count: it is the starting point. */
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

/** The index of the round that is worth most, the earliest of equals; `rounds` is not empty. */
export function bestRound(rounds: readonly Round[]): number {
  const worths = rounds.map(worthOf)
  return worths.indexOf(Math.max(...worths))
}
