import { ExitStatus } from '@loop-runner/cli-kit'
import { type LoopContext, onBranch } from '../loop-context.ts'
import type { LoopEvent } from '../runs/loop-event.ts'
import type { LoopSettings } from '../settings.ts'
import { commitsIn } from '../stages/ask-model.ts'
import { hashSources } from '../stages/hash-sources.ts'
import { runStage } from '../stages/run-stage.ts'
import { stageFailure } from '../stages/stage-failure.ts'

/** When the files are moved: `turn` tells several moves of an iteration apart. */
export interface Move {
  readonly iteration: number
  readonly turn?: string
}

/** Only our own stages can go back: by a commit, or without git by the undo records of lr-apply. */
export function canGoBack({ withGit, replaced }: Pick<LoopSettings, 'withGit' | 'replaced'>): boolean {
  return withGit ? replaced.git === undefined : replaced.apply === undefined
}

/**
 * Brings the files to a commit of the run, in a commit of its own.
 *
 * @param commit undefined: as when the run started
 * @returns the new commits; none if the files are so already
 * @throws CommandError if the git stage fails
 */
export async function moveToCommit(commit: string | undefined, move: Move, context: LoopContext): Promise<string[]> {
  const extra = [...onBranch(context.state), ...(commit === undefined ? [] : [commit])]
  const result = await runStage({ stage: 'git', input: undefined, action: 'best', extra, ...move }, context)
  if (result.status > ExitStatus.No) throw stageFailure(result)
  return commitsIn(result)
}

/**
 * Takes replies back until the sources are as they were in a round; at most those that were written after it. A reply that
 * was taken back before a crash is not counted twice: the sources tell.
 *
 * @returns whether they are
 * @throws CommandError if the apply stage fails
 */
export async function takeBack(to: number, { iteration, turn }: Move, context: LoopContext): Promise<boolean> {
  const { folder, io, settings, state } = context
  const isThere = async () => (await hashSources(settings.stages, io)) === state.rounds[to]?.tree
  const most = writtenAfter(to, folder.journal.events).length
  for (let count = 1; count <= most; count++) {
    if (await isThere()) return true
    const action = ['undo', ...(turn === undefined ? [] : [turn]), count].join('-')
    const result = await runStage({ stage: 'apply', iteration, input: undefined, action }, context)
    if (result.status > ExitStatus.No) throw stageFailure(result)
    if (result.status === ExitStatus.No) return false
  }
  return isThere()
}

/** Writes the versions of an earlier reply again. */
export async function reapply(iteration: number, turn: string, context: LoopContext): Promise<void> {
  const input = context.folder.file({ stage: 'llm', iteration }, 'out')
  const result = await runStage({ stage: 'apply', iteration, input, turn }, context)
  if (result.status > ExitStatus.No) throw stageFailure(result)
}

/** The replies after a round that have been written and not been taken back, oldest first. */
export function writtenAfter(round: number, events: readonly LoopEvent[]): number[] {
  const returns = events.flatMap((event) => (event.event === 'returned' && event.done ? [event] : []))
  const isTakenBack = (reply: number) => returns.some(({ to, iteration }) => to < reply && reply < iteration)
  return events.flatMap((event) =>
    event.event === 'replied' && event.reply === 'changed' && event.iteration > round && !isTakenBack(event.iteration)
      ? [event.iteration]
      : [],
  )
}
