import { type Io, isAnyMarked, stopMarked, waitForMarked } from '@loop-runner/cli-kit'
import { listAttempts } from '../attempts/attempt-folders.ts'
import { AGENT_MARK } from '../agent/start-agent.ts'
import { readView } from './run-state.ts'

/** The variable that every stage has in its environment. */
const MARK = 'LR_RUN_DIR'
/** Stages that are run again anyway, and change nothing. */
const REPEATED = /^(check|prompt)\b/

/**
 * A loop that is killed does not take its stage with it, nor its attempts. Before the run goes on, a check or a prompt that
 * is still at work is stopped; of the others the work counts, so they are waited for: an answer is paid for, a commit is half
 * made. An attempt ends after it, for it finds that no process works on its run.
 *
 * @throws the signal's reason where it is aborted
 */
export async function settleOrphans(run: string, io: Io): Promise<void> {
  // Who goes on with an attempt has its mark itself.
  await stopMarked(AGENT_MARK, run)
  if (readView(run).stage) await settle(run, io)
  for (const attempt of listAttempts(run)) await settle(attempt, io)
}

async function settle(path: string, io: Io): Promise<void> {
  if (!isAnyMarked(MARK, path)) return
  const { stage } = readView(path)
  if (!stage || REPEATED.test(stage.name)) {
    await stopMarked(MARK, path)
    return
  }
  io.progress(`waiting for the ${stage.name} stage of a killed loop, which is still running`)
  await waitForMarked(MARK, path, io.signal)
}
