import type { KeptRound, LoopContext } from '../loop-context.ts'
import { bestRound, worthOf } from '@loop-runner/stop-rules'
import { canGoBack, moveToCommit, takeBack } from './move-files.ts'

/**
 * Brings the files back to the best state of the run if they are worse now. With equal scores they stay, since a check that
 * only knows pass and fail does not show what has been gained.
 *
 * @returns the best round if the files are as they were in it again, undefined if nothing was done
 */
export async function returnToBest(iteration: number, context: LoopContext): Promise<KeptRound | undefined> {
  const { folder, state } = context
  const index = bestRound(state.rounds)
  const [best, last] = [state.rounds[index], state.rounds.at(-1)]
  if (!isBetter(best, last)) return undefined
  const commits = await goBack(iteration, index, context)
  const event = { event: 'returned', iteration, to: index, score: best?.score ?? 0 } as const
  folder.journal.recordOnce({ ...event, done: commits !== undefined, commits: commits ?? [] })
  state.commits.push(...(commits ?? []))
  return commits && best
}

/** Whether a round has other files than another one, and they are worth more. */
export function isBetter(one: KeptRound | undefined, other: KeptRound | undefined): boolean {
  return one !== undefined && other !== undefined && one.tree !== other.tree && worthOf(one) > worthOf(other)
}

/** @returns the commits that it took; undefined if a stage that is not ours did the work */
async function goBack(iteration: number, index: number, context: LoopContext): Promise<string[] | undefined> {
  const { folder, settings, state } = context
  if (!canGoBack(settings)) return undefined
  const { events } = folder.journal
  const returned = events.find((event) => event.event === 'returned' && event.iteration === iteration)
  // Later changes, such as a reply, are in the files by now.
  if (returned?.event === 'returned' && returned.done) return returned.commits
  // After a stop in the middle of it everything was put where it was before: stages that had ended have to run again.
  const times = events.filter((event) => event.event === 'unparked').length
  const move = { iteration, ...(times === 0 ? {} : { turn: `resumed-${times}` }) }
  if (settings.withGit) return moveToCommit(state.rounds[index]?.commit, move, context)
  return (await takeBack(index, move, context)) ? [] : undefined
}
