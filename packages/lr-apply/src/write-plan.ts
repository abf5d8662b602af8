import { randomBytes } from 'node:crypto'
import { CommandError, errorCode, ExitStatus, type Io, processMark, reasonOf } from '@loop-runner/cli-kit'
import { ChangedMeanwhile } from './changed-meanwhile.ts'
import { Journal } from './journal.ts'
import { takeLock } from './lock.ts'
import type { Plan } from './plan-reply.ts'
import { recover } from './recover.ts'
import { settlePlan } from './settle-plan.ts'
import type { Site } from './stage.ts'
import { openState, statePath, workingTreeOf } from './state-folder.ts'
import { runTransaction } from './transaction.ts'

/**
 * Makes a plan and carries it out, while nobody else of ours writes to the working tree.
 *
 * @param plan is made once an interrupted reply has been dealt with
 * @returns what was done of the plan
 * @throws CommandError (3) where something cannot be written; nothing is then · (4) where the tree is locked
 */
export function writePlan(site: Site, plan: () => Plan, io: Io): Plan {
  const { files } = site
  const state = openState(files, statePath(workingTreeOf(io.cwd), io.env))
  const at = new Date()
  const release = takeLock(files, state, { mark: processMark(), program: 'lr-apply', since: at.toISOString() })
  try {
    const journal = new Journal(files, state)
    for (const line of recover(files, journal)) io.warn(line)
    const made = plan()
    const id = `${at.getTime().toString(36)}-${randomBytes(3).toString('hex')}`
    return made.changes.length === 0
      ? made
      : carryOut(site, journal, made, { id, rootPath: io.cwd, at: at.toISOString() })
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `${io.cwd}: ${reasonOf(error)} (nothing was written)`, { cause: error })
  } finally {
    release()
    files.close(state)
  }
}

function carryOut(
  site: Site,
  journal: Journal,
  plan: Plan,
  identity: { id: string; rootPath: string; at: string },
): Plan {
  try {
    runTransaction(site, journal, plan.changes, identity)
    journal.tidy()
    return plan
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error
    const message = 'somebody else has just changed this file (look at it anew)'
    const rejected = [{ code: 'changed-meanwhile', path: error.path, message } as const]
    return settlePlan(plan, [], rejected, { strict: false, partial: false })
  }
}
