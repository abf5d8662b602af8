import { ExitStatus } from '@loop-runner/cli-kit'
import { commitsIn } from '../stages/ask-model.ts'
import { type KeptRound, type LoopContext, stageFailure } from '../loop-context.ts'
import { bestRound, worthOf } from '@loop-runner/stop-rules'
import { runStage } from '../stages/run-stage.ts'

/**
 * Brings the files back to the best state of the run, in a commit of its own, where they are worse now: with equal scores
 * they stay, since a check that only knows pass and fail does not show what has been gained. Only our own git stage can go
 * back.
 *
 * @returns the best round where the files are as they were in it again, undefined where nothing was done
 */
export async function returnToBest(iteration: number, context: LoopContext): Promise<KeptRound | undefined> {
  const { folder, settings, state } = context
  const index = bestRound(state.rounds)
  const [best, last] = [state.rounds[index], state.rounds.at(-1)]
  if (!best || !last || !isBetter(best, last)) return undefined
  if (!settings.withGit || settings.replaced.git !== undefined) {
    folder.journal.recordOnce({ event: 'returned', iteration, to: index, score: best.score, done: false, commits: [] })
    return undefined
  }
  const first = state.rounds.find(({ commit }) => commit !== undefined)?.commit
  // The first commit of a reply is followed by one for FIXES.md: the state before any reply is two commits before it.
  const revision = best.commit ?? `${first}~2`
  const result = await runStage(
    { stage: 'git', iteration, input: undefined, action: 'best', extra: [revision] },
    context,
  )
  if (result.status > ExitStatus.No) throw stageFailure(result)
  const commits = commitsIn(result)
  state.commits.push(...commits)
  folder.journal.recordOnce({ event: 'returned', iteration, to: index, score: best.score, done: true, commits })
  return best
}

function isBetter(one: KeptRound, other: KeptRound): boolean {
  return one.tree !== other.tree && worthOf(one) > worthOf(other)
}
