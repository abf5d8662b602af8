import { CommandError, type Io, stopMarked } from '@loop-runner/cli-kit'
import { deadHolder } from '@loop-runner/file-transaction'
import { AGENT_MARK } from '../agent/start-agent.ts'
import { settleAgent } from '../agent/settle-agent.ts'
import { lockForLoop } from '../lock-for-loop.ts'
import type { LoopContext } from '../loop-context.ts'
import { makeContext } from '../make-context.ts'
import { park } from '../stopping/park.ts'
import { hasBegun } from './journal.ts'
import { requireAsLeft } from './require-as-left.ts'
import { RunFolder } from './run-folder.ts'
import { readView } from './run-state.ts'
import { roundsOfRun } from './rounds-of-run.ts'
import { settleOrphans } from './settle-orphans.ts'

/** The folder of the run whose loop was killed in the working tree of `cwd`, by the lock that it left; undefined if none was. */
export function findKilled(cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = /\(run (.+)\)$/.exec(deadHolder(cwd, env, 'loop')?.who ?? '')?.[1]
  return path !== undefined && hasBegun(path) && readView(path).end === undefined ? path : undefined
}

/**
 * Brings the files to the best state of a run whose loop was killed, before another run starts from them. If they cannot be
 * brought there, or are not as that run left them, a line says why.
 */
export async function parkKilled(path: string, cwd: string, io: Io): Promise<void> {
  const unlock = await lockForLoop(cwd, path, io.env)
  try {
    const folder = RunFolder.reopen(path)
    await folder.requireSealed()
    // Each attempt has a tree of its own; and a request that is still under way writes no file.
    if (folder.settings.attempts) return
    const { stage } = readView(path)
    if (stage && /^(apply|git)\b/.test(stage.name)) await settleOrphans(path, io)
    await stopMarked(AGENT_MARK, path)
    const context = contextOf(folder, io)
    await settleAgent(context)
    await requireAsLeft(folder, io)
    const round = await park(context)
    if (round)
      io.progress(`restored the best state of a run that was killed here (to continue it: lr-loop --resume ${path})`)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    io.warn(`could not restore the best state of a run that was killed here: ${error.message}`)
  } finally {
    unlock()
  }
}

function contextOf(folder: RunFolder, io: Io): LoopContext {
  const manner = { isQuiet: true, passOn: () => {}, heartbeatMs: 0, apiKey: undefined, debug: 0 }
  const context = makeContext(folder, manner, io)
  const { commits } = readView(folder.path)
  const branched = folder.journal.events.findLast((event) => event.event === 'branched')
  const branch = branched?.event === 'branched' ? branched.branch : undefined
  return { ...context, state: { ...context.state, rounds: roundsOfRun(folder), branch, commits: [...commits] } }
}
