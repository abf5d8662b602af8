import { CommandError, errorCode, ExitStatus, mayRun, type ProcessMark } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { getFile, removeIfThere } from './state-folder.ts'
import { writeAll } from './tree.ts'

const LOCK = 'lock'
/** Held for the moment in which a lock left by a dead process is taken over. */
const BREAKING = 'lock.breaking'

/** Who holds a lock. */
interface Holder {
  readonly mark: ProcessMark
  readonly program: string
  /** ISO 8601. */
  readonly since: string
}

/**
 * Takes the lock of a working tree: a file with the holder's mark, linked into place whole, so that it is never seen
 * half written. It outlives us only if we are killed; then the next one sees from the mark that nobody holds it
 * (research/reliability.md 2.6).
 *
 * @returns a function that gives it back
 * @throws CommandError (4) naming who holds it
 */
export function takeLock(files: FileSystem, state: Handle, holder: Holder): () => void {
  const own = `${LOCK}.${holder.mark.pid}`
  removeIfThere(files, state, own)
  writeHolder(files, state, own, holder)
  try {
    if (!tryLink(files, state, own, LOCK)) takeOver(files, state, own)
  } finally {
    files.removeFile(state, own)
  }
  removeLeftovers(files, state, holder.mark)
  return () => files.removeFile(state, LOCK)
}

/** Removes what processes left that were killed while they took the lock. */
function removeLeftovers(files: FileSystem, state: Handle, mark: ProcessMark): void {
  if (!isHeld(files, state, BREAKING)) removeIfThere(files, state, BREAKING)
  for (const name of files.list(state)) {
    const pid = /^lock\.(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !mayRun({ ...mark, pid: Number(pid), started: '' })) removeIfThere(files, state, name)
  }
}

function takeOver(files: FileSystem, state: Handle, own: string): void {
  refuseHeld(files, state, LOCK)
  if (!tryLink(files, state, own, BREAKING)) {
    refuseHeld(files, state, BREAKING)
    removeIfThere(files, state, BREAKING)
    if (!tryLink(files, state, own, BREAKING)) throw busy(undefined)
  }
  try {
    // Somebody may have taken it over before we held the right to do so.
    refuseHeld(files, state, LOCK)
    removeIfThere(files, state, LOCK)
    if (!tryLink(files, state, own, LOCK)) throw busy(undefined)
  } finally {
    removeIfThere(files, state, BREAKING)
  }
}

function refuseHeld(files: FileSystem, state: Handle, name: string): void {
  if (isHeld(files, state, name)) throw busy(readHolder(getFile(files, state, name)))
}

/** Whether there is a lock of this name, and its holder may still run. */
function isHeld(files: FileSystem, state: Handle, name: string): boolean {
  const holder = readHolder(getFile(files, state, name))
  return holder !== undefined && mayRun(holder.mark)
}

function busy(holder: Holder | undefined): CommandError {
  const who = holder ? `${holder.program}, process ${holder.mark.pid}, since ${holder.since}` : 'another process'
  return new CommandError(ExitStatus.TryAgain, `the working tree is locked by ${who} (try again when it is done)`)
}

function tryLink(files: FileSystem, state: Handle, own: string, name: string): boolean {
  try {
    files.link(state, own, name)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function writeHolder(files: FileSystem, state: Handle, name: string, holder: Holder): void {
  const handle = files.createFile(state, name, 0o600)
  try {
    writeAll(files, handle, Buffer.from(`${JSON.stringify(holder)}\n`))
  } finally {
    files.close(handle)
  }
}

function readHolder(bytes: Buffer | undefined): Holder | undefined {
  try {
    return bytes && (JSON.parse(bytes.toString('utf8')) as Holder)
  } catch {
    return undefined
  }
}
