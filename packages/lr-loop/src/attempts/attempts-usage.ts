import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { addUsage } from '../stages/read-report.ts'
import type { Usage } from '@loop-runner/stop-rules'
import { isRunning, readView } from '../runs/run-state.ts'
import { listAttempts } from './attempt-folders.ts'

const NOTHING: Usage = { calls: 0, tokens: 0, cost: 0 }

/** The usage of all attempts so far: the limits apply to all of them together. */
export function usageOfAttempts(run: string): Usage {
  const usages = listAttempts(run).map((attempt) => readView(attempt).usage)
  return usages.reduce(addUsage, NOTHING)
}

/**
 * An attempt goes on only while its run can take the result: a run that was killed could not stop it.
 *
 * @throws CommandError (4) if no process works on the run
 */
export function refuseOrphan(run: string): void {
  if (isRunning(run)) return
  throw new CommandError(ExitStatus.TryAgain, `the run of this attempt is not at work (lr-loop --resume ${run})`)
}
