import { bestRound } from '@loop-runner/stop-rules'
import type { KeptRound, LoopContext } from '../loop-context.ts'
import type { LoopEvent } from '../runs/loop-event.ts'
import { roundsOfRun } from '../runs/rounds-of-run.ts'
import { finishReply } from '../stages/finish-reply.ts'
import { isBetter } from './return-to-best.ts'
import { canGoBack, moveToCommit, reapply, takeBack, writtenAfter } from './move-files.ts'

type Parking = Extract<LoopEvent, { event: 'parking' }>

/**
 * Brings the files to the best state of a run that is cut short. A reply that was not checked yet is not the best state.
 * `unpark` puts everything back before the run is resumed.
 *
 * @returns the round whose files are on disk now; undefined if they are as the last check saw them, or could not be moved
 */
export async function park(context: LoopContext): Promise<KeptRound | undefined> {
  const { settings, state } = context
  if (settings.keep !== 'best' || settings.attempts || state.rounds.length === 0 || !canGoBack(settings))
    return undefined
  await finishReply(context)
  const parking = planParking(context)
  if (parking === undefined) return undefined
  const { journal } = context.folder
  journal.record(parking)
  const commits = await moveBack(parking, turnOf(journal.events), context)
  const round = state.rounds[parking.to]
  const { iteration, to } = parking
  const { score = 0, tree = '' } = round ?? {}
  journal.record({ event: 'parked', iteration, to, score, tree, commits })
  state.commits.push(...commits)
  return round
}

/**
 * Puts the files where the run had them before it was parked.
 *
 * @throws CommandError if they cannot be put there
 */
export async function unpark(context: LoopContext): Promise<void> {
  const { folder, settings, state } = context
  const { events } = folder.journal
  const parking = pendingParking(events)
  if (parking === undefined) return
  const branch = events.findLast((event) => event.event === 'branched')?.branch
  const past = { ...context, state: { ...state, rounds: roundsOfRun(folder), branch } }
  const { iteration, from, replies } = parking
  const turn = turnOf(events)
  let commits: string[] = []
  if (settings.withGit) {
    commits = await moveToCommit(from ?? undefined, { iteration, turn: `back-${turn}` }, past)
  } else {
    await moveBack(parking, turn, past)
    for (const reply of replies) await reapply(reply, `again-${turn}`, past)
  }
  folder.journal.record({ event: 'unparked', iteration, commits })
  state.commits.push(...commits)
}

/** A parking after which the run was not resumed. */
export function pendingParking(events: readonly LoopEvent[]): Parking | undefined {
  const last = events.findLast((event) => event.event === 'parking' || event.event === 'unparked')
  return last?.event === 'parking' ? last : undefined
}

/** Tells the parkings of a run apart: each runs stages of its own. */
function turnOf(events: readonly LoopEvent[]): number {
  return events.filter(({ event }) => event === 'parking').length
}

/** Where the files are to go; undefined if they are there. */
function planParking({ folder, settings, state }: LoopContext): Omit<Parking, 'time'> | undefined {
  const { rounds } = state
  const { events } = folder.journal
  const iteration = rounds.length
  const unchecked = events.findLast(
    (event) => event.event === 'replied' && event.iteration === iteration && event.reply === 'changed',
  )
  const [best, last] = [bestRound(rounds), rounds.length - 1]
  const to = isBetter(rounds[best], rounds[last]) ? best : last
  const from = currentCommit(iteration, events, rounds)
  const replies = writtenAfter(to, events)
  const isThere = settings.withGit ? from === (rounds[to]?.commit ?? null) : replies.length === 0
  if (isThere || (to === last && unchecked === undefined)) return undefined
  return { event: 'parking', iteration, to, from, replies }
}

/** The commit of the run that holds the files as they are; null for those that it started from. */
function currentCommit(iteration: number, events: readonly LoopEvent[], rounds: readonly KeptRound[]): string | null {
  const replied = events.find((event) => event.event === 'replied' && event.iteration === iteration)
  if (replied?.event === 'replied' && replied.commits.length > 0) return replied.commits.at(-1) ?? null
  const returned = events.find((event) => event.event === 'returned' && event.done && event.iteration === iteration)
  const round = returned?.event === 'returned' ? rounds[returned.to] : rounds.at(-1)
  return round?.commit ?? null
}

async function moveBack(
  { iteration, to }: Parking | Omit<Parking, 'time'>,
  turn: number,
  context: LoopContext,
): Promise<string[]> {
  const round = context.state.rounds[to]
  if (context.settings.withGit) return moveToCommit(round?.commit, { iteration, turn: `park-${turn}` }, context)
  await takeBack(to, { iteration, turn: `park-${turn}` }, context)
  return []
}
