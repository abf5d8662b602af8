import { ExitStatus } from '@loop-runner/cli-kit'
import { commitsIn } from '../stages/ask-model.ts'
import { type KeptRound, type LoopContext, onBranch, stageFailure } from '../loop-context.ts'
import { bestRound, worthOf } from '@loop-runner/stop-rules'
import { hashSources } from '../stages/hash-sources.ts'
import { runStage } from '../stages/run-stage.ts'

/**
 * Brings the files back to the best state of the run if they are worse now: in a commit of its own, or without git by the
 * undo records of lr-apply. With equal scores they stay, since a check that only knows pass and fail does not show what
 * has been gained. Only our own stages can go back.
 *
 * @returns the best round if the files are as they were in it again, undefined if nothing was done
 */
export async function returnToBest(iteration: number, context: LoopContext): Promise<KeptRound | undefined> {
  const { folder, state } = context
  const index = bestRound(state.rounds)
  const [best, last] = [state.rounds[index], state.rounds.at(-1)]
  if (!best || !last || !isBetter(best, last)) return undefined
  const commits = await goBack(iteration, index, context)
  const event = { event: 'returned', iteration, to: index, score: best.score } as const
  folder.journal.recordOnce({ ...event, done: commits !== undefined, commits: commits ?? [] })
  state.commits.push(...(commits ?? []))
  return commits && best
}

/** @returns the commits that it took; undefined if a stage that is not ours did the work */
async function goBack(iteration: number, index: number, context: LoopContext): Promise<string[] | undefined> {
  const { settings, state } = context
  if (!settings.withGit) {
    const isDone = settings.replaced.apply === undefined && (await undoReplies(iteration, index, context))
    return isDone ? [] : undefined
  }
  if (settings.replaced.git !== undefined) return undefined
  const commit = state.rounds[index]?.commit
  const extra = [...onBranch(state), ...(commit === undefined ? [] : [commit])]
  const call = { stage: 'git', iteration, input: undefined, action: 'best', extra } as const
  const result = await runStage(call, context)
  if (result.status > ExitStatus.No) throw stageFailure(result)
  return commitsIn(result)
}

/**
 * Takes replies back until the sources are as they were in a round; at most those that were written after it. A reply that
 * was taken back before a crash is not counted twice: the sources tell.
 *
 * @returns whether they are
 */
async function undoReplies(iteration: number, index: number, context: LoopContext): Promise<boolean> {
  const { io, settings, state } = context
  const isThere = async () => (await hashSources(settings.stages.sources, io.cwd, io.env)) === state.rounds[index]?.tree
  for (let count = 1; count <= countStanding(index, context); count++) {
    if (await isThere()) return true
    const call = { stage: 'apply', iteration, input: undefined, action: `undo-${count}` } as const
    const result = await runStage(call, context)
    if (result.status > ExitStatus.No) throw stageFailure(result)
    if (result.status === ExitStatus.No) return false
  }
  return isThere()
}

/** How many replies after a round have been written and not been taken back. */
function countStanding(index: number, { folder, state }: LoopContext): number {
  const returns = folder.journal.events.filter((event) => event.event === 'returned' && event.done)
  const isUndone = (round: number) =>
    returns.some((event) => event.event === 'returned' && event.to < round && round < event.iteration)
  return state.rounds.filter(({ reply }, round) => round > index && reply?.kind === 'changed' && !isUndone(round))
    .length
}

function isBetter(one: KeptRound, other: KeptRound): boolean {
  return one.tree !== other.tree && worthOf(one) > worthOf(other)
}
