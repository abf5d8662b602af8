import { type Io, isAnyMarked, stopMarked, waitForMarked } from '@loop-runner/cli-kit'
import { viewRun } from './run-view.ts'
import type { RunFolder } from './run-folder.ts'

/** What every stage has in its environment. */
const MARK = 'LR_RUN_DIR'
/** Stages that are run again anyway, and change nothing. */
const REPEATED = /^(check|prompt)\b/

/**
 * A loop that is killed does not take its stage with it. Before the run goes on, a check or a prompt that is still at work
 * is stopped; of the others the work counts, so they are waited for: an answer is paid for, a commit is half made.
 *
 * @throws the signal's reason where it is aborted
 */
export async function settleOrphans({ path, journal }: RunFolder, io: Io): Promise<void> {
  const { stage } = viewRun(journal.events)
  if (!stage || !isAnyMarked(MARK, path)) return
  if (REPEATED.test(stage.name)) {
    await stopMarked(MARK, path)
    return
  }
  io.progress(`the ${stage.name} stage of the loop that was killed is still at work: waiting for it`)
  await waitForMarked(MARK, path, io.signal)
}
