import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CommandError,
  errorCode,
  ExitStatus,
  mayRun,
  type ProcessMark,
  processMark,
  stateFolder,
  workingTreeOf,
} from '@loop-runner/cli-kit'

/** Who works on a tree. */
interface Holder {
  readonly mark: ProcessMark
  readonly run: string
  /** ISO 8601. */
  readonly since: string
}

/**
 * Takes the right to loop over the working tree that `cwd` belongs to: two loops would undo each other's work. The lock is
 * linked into place whole; one left by a process that is gone is taken over (research/reliability.md 2.6).
 *
 * @param run the folder of the run that takes it
 * @returns gives it back
 * @throws CommandError (4) naming the loop that holds it
 */
export async function lockTree(cwd: string, run: string, env: NodeJS.ProcessEnv): Promise<() => void> {
  const { createHash } = await import('node:crypto')
  const folder = join(stateFolder(env), 'loops')
  const lock = join(folder, createHash('sha256').update(workingTreeOf(cwd)).digest('hex').slice(0, 32))
  const mark = processMark()
  const own = `${lock}.${mark.pid}`
  const holder: Holder = { mark, run, since: new Date().toISOString() }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600 })
  try {
    if (!tryLink(own, lock)) {
      refuseHeld(lock)
      rmSync(lock, { force: true })
      if (!tryLink(own, lock)) refuseHeld(lock)
    }
  } finally {
    rmSync(own, { force: true })
  }
  return () => rmSync(lock, { force: true })
}

function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function refuseHeld(lock: string): void {
  const holder = readHolder(lock)
  if (!holder || !mayRun(holder.mark)) return
  const { mark, run, since } = holder
  const who = `process ${mark.pid} since ${since}, run ${run}`
  throw new CommandError(ExitStatus.TryAgain, `another loop works on this tree (${who}); try again when it has ended`)
}

function readHolder(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder
  } catch {
    return undefined
  }
}
