import type { EndReason, Usage } from '@loop-runner/stop-rules'
import { hasFailed } from '../stages/stage.ts'
import type { LoopEvent } from './loop-event.ts'

type Checked = Extract<LoopEvent, { event: 'checked' }>
type Replied = Extract<LoopEvent, { event: 'replied' }>

/** A reply and the check behind it; the first round is the check before any reply. */
export interface RoundView {
  readonly iteration: number
  reply?: Replied
  /** The last check of the iteration. */
  check?: Checked
  /** Of the files after the reply; without a new version that of the files before it. */
  score?: number
  /** From the beginning of its first stage to the end of its last one. */
  seconds: number
}

/** The data of a run's journal, for display. */
export interface RunView {
  readonly beganAt: string
  /** When the last event was. */
  readonly lastAt: string
  readonly rounds: readonly RoundView[]
  /** Replies received, also those that a failing stage kept from being applied. */
  readonly replies: number
  /** Of the files as the run left them; undefined before the first check. */
  readonly finalScore: number | undefined
  /** Of the last event that tells it; 0 before the first reply. */
  readonly iteration: number
  /** The stage that is at work. */
  readonly stage: { readonly name: string; readonly iteration: number; readonly since: string } | undefined
  /** When the wait ends that the stage at work is in, as ISO 8601. */
  readonly waitsUntil: string | undefined
  /** The first commit makes it. */
  readonly branch: string | undefined
  /** Oldest first. */
  readonly commits: readonly string[]
  /** Whether the files were restored to their state before the first reply. */
  readonly isAsBefore: boolean
  /** Of its own replies. */
  readonly usage: Usage
  /** Who worked on it last. */
  readonly mark: Extract<LoopEvent, { event: 'began' }>['mark'] | undefined
  /** The reason that the stop command gave last. */
  readonly custom: string | undefined
  /** Undefined until the run has ended; a run that goes on after its end has none again. */
  readonly end: { readonly status: number; readonly reason: EndReason; readonly error?: string | undefined } | undefined
}

/** @param events of one run, oldest first */
export function viewRun(events: readonly LoopEvent[]): RunView {
  const replies = events.filter((event) => event.event === 'replied')
  const commits = events.flatMap((event) => ('commits' in event ? event.commits : []))
  const [ending] = events.filter((event) => event.event === 'end' || event.event === 'began').slice(-1)
  return {
    beganAt: events[0]?.time ?? '',
    lastAt: events.at(-1)?.time ?? '',
    rounds: roundsOf(events),
    replies: countReplies(events),
    finalScore: finalScoreOf(events),
    iteration: events.findLast((event) => 'iteration' in event)?.iteration ?? 0,
    stage: stageAtWork(events),
    waitsUntil: waitAtWork(events),
    branch: branchOf(events, commits),
    commits,
    isAsBefore: isAsBefore(events),
    usage: {
      calls: replies.length,
      tokens: replies.reduce((sum, { tokens }) => sum + tokens, 0),
      cost: sumOfCosts(replies),
    },
    mark: events.findLast((event) => event.event === 'began')?.mark,
    custom: events.findLast((event) => event.event === 'stop-command')?.said,
    end: ending?.event === 'end' ? ending : undefined,
  }
}

function isAsBefore(events: readonly LoopEvent[]): boolean {
  const last = events.findLast(
    (event) =>
      (event.event === 'returned' && event.done) ||
      event.event === 'parked' ||
      event.event === 'unparked' ||
      (event.event === 'replied' && event.reply === 'changed'),
  )
  return last !== undefined && 'to' in last && last.to === 0
}

/** The first commit makes it. */
function branchOf(events: readonly LoopEvent[], commits: readonly string[]): string | undefined {
  return commits.length === 0 ? undefined : events.findLast((event) => event.event === 'branched')?.branch
}

/** From the first event to the last one. */
export function secondsOf({ beganAt, lastAt }: RunView): number {
  return Math.max(0, Date.parse(lastAt) - Date.parse(beganAt)) / 1000 || 0
}

/** The scores of the checks so far. */
export function scoresOf({ rounds }: RunView): number[] {
  return rounds.flatMap(({ check }) => (check ? [check.score] : []))
}

function sumOfCosts(replies: readonly Replied[]): number | undefined {
  let sum = 0
  for (const { cost } of replies) {
    if (cost === null) return undefined
    sum += cost
  }
  return sum
}

function stageAtWork(events: readonly LoopEvent[]): RunView['stage'] {
  const last = events.findLast(({ event }) => event !== 'found' && event !== 'waiting')
  return last?.event === 'started' ? { name: last.stage, iteration: last.iteration, since: last.time } : undefined
}

function waitAtWork(events: readonly LoopEvent[]): string | undefined {
  const last = events.at(-1)
  return last?.event === 'waiting' ? last.until : undefined
}

function countReplies(events: readonly LoopEvent[]): number {
  const received = events.flatMap((event) =>
    event.event === 'replied' || (event.event === 'ended' && event.stage === 'llm' && !hasFailed('llm', event.status))
      ? [event.iteration]
      : [],
  )
  return new Set(received).size
}

function finalScoreOf(events: readonly LoopEvent[]): number | undefined {
  const scores = events.flatMap((event) =>
    event.event === 'checked' || event.event === 'parked' || (event.event === 'returned' && event.done)
      ? [event.score]
      : [],
  )
  return scores.at(-1)
}

function roundsOf(events: readonly LoopEvent[]): RoundView[] {
  const rounds = new Map<number, RoundView>()
  const begins = new Map<number, number>()
  let score: number | undefined
  for (const event of events) {
    if (event.event === 'checked' || (event.event === 'returned' && event.done)) score = event.score
    if (!('iteration' in event)) continue
    const { iteration } = event
    const at = Date.parse(event.time)
    const begin = begins.get(iteration) ?? at
    const round = rounds.get(iteration) ?? { iteration, seconds: 0 }
    begins.set(iteration, begin)
    rounds.set(iteration, round)
    round.seconds = (at - begin) / 1000
    if (event.event === 'checked') Object.assign(round, { check: event, score })
    if (event.event === 'replied') Object.assign(round, { reply: event }, event.reply === 'changed' ? {} : { score })
  }
  // A resumed attempt begins with the answers that it has already.
  return [...rounds.values()]
    .filter(({ check, reply }) => check ?? reply)
    .sort((left, right) => left.iteration - right.iteration)
}
