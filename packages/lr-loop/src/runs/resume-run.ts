import { type Call, type Io, quoteCommand, UsageError } from '@loop-runner/cli-kit'
import { settleAgent } from '../agent/settle-agent.ts'
import { lockForLoop } from '../lock-for-loop.ts'
import type { LOOP_OPTIONS } from '../options.ts'
import { findRun } from './find-run.ts'
import { newLimits } from './new-limits.ts'
import { requireAsLeft } from './require-as-left.ts'
import { RunFolder } from './run-folder.ts'
import { readView } from './run-state.ts'
import { settleOrphans } from './settle-orphans.ts'

/**
 * The folder of the run to resume, and the lock of its tree. A run that cannot be resumed keeps its record as it is.
 *
 * @throws UsageError without such a run, or for one that passed; CommandError (3) if files are not as the run left them
 */
export async function resumeRun({ options, operands, typed }: Call<typeof LOOP_OPTIONS>, io: Io) {
  const path = findRun(operands[0], io.cwd, io.env)
  const limits = newLimits({ options, typed })
  requireUnfinished(path)
  const folder = RunFolder.reopen(path)
  await folder.requireSealed()
  const { stages, parent, cwd } = folder.settings
  if (parent === undefined && stages.checkCommand)
    io.progress(`resume: the check is ${quoteCommand(stages.checkCommand)}`)
  const unlock = await lockForLoop(cwd, folder.path, io.env)
  try {
    await settleOrphans(folder.path, io)
    await settleAgent({ folder, io })
    await requireAsLeft(folder, io)
    await folder.changeLimits(limits)
    return { folder, unlock }
  } catch (error) {
    unlock()
    throw error
  }
}

/** @throws UsageError for a run that has passed: its record stays as it is */
function requireUnfinished(path: string): void {
  const { end, commits } = readView(path)
  if (end?.reason !== 'passed') return
  const undone = commits.length > 0 ? ' (if it was undone: start a new run)' : ' (start a new run)'
  throw new UsageError(`${path}: the run passed, nothing to resume${undone}`)
}
