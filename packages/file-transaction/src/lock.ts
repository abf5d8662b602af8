import { CommandError, errorCode, ExitStatus, mayRun, type ProcessMark } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { getFile, removeIfThere } from './durable-file.ts'
import { writeAll } from './tree.ts'

/** Who holds a lock. */
export interface Holder {
  readonly mark: ProcessMark
  /** In words. */
  readonly who: string
  /** ISO 8601. */
  readonly since: string
}

/** A process that may still run holds a lock that we want. */
export class TreeLocked extends CommandError {
  constructor(holder: Holder | undefined) {
    const who = holder ? `${holder.who}, process ${holder.mark.pid}, since ${holder.since}` : 'another process'
    super(ExitStatus.TryAgain, `the working tree is locked by ${who} (try again when it is done)`)
  }
}

/**
 * Takes a lock of a working tree: a file with the holder's mark, linked into place whole, so that it is never seen
 * half written. It outlives us only if we are killed; then the next one sees from the mark that its holder is gone.
 *
 * @param state the folder that the lock lies in
 * @returns a function that gives it back
 * @throws TreeLocked naming who holds it
 */
export function takeLock(files: FileSystem, state: Handle, lock: string, holder: Holder): () => void {
  const own = `${lock}.${holder.mark.pid}`
  removeIfThere(files, state, own)
  writeHolder(files, state, own, holder)
  try {
    if (!tryLink(files, state, own, lock)) takeOver(files, state, own, lock)
  } finally {
    files.removeFile(state, own)
  }
  removeLeftovers(files, state, lock, holder.mark)
  return () => files.removeFile(state, lock)
}

/** What a lock says of its holder, who may be dead; undefined if there is no lock of this name. */
export function readLock(files: FileSystem, state: Handle, lock: string): Holder | undefined {
  return readHolder(getFile(files, state, lock))
}

/** Whether there is a lock of this name, and its holder may still run. */
export function isHeld(files: FileSystem, state: Handle, lock: string): boolean {
  const holder = readLock(files, state, lock)
  return holder !== undefined && mayRun(holder.mark)
}

/** Held for the moment in which a lock left by a dead process is taken over. */
function breaking(lock: string): string {
  return `${lock}.breaking`
}

/** Removes what processes left that were killed while they took the lock. */
function removeLeftovers(files: FileSystem, state: Handle, lock: string, mark: ProcessMark): void {
  if (!isHeld(files, state, breaking(lock))) removeIfThere(files, state, breaking(lock))
  for (const name of files.list(state)) {
    const pid = name.startsWith(`${lock}.`) ? Number(name.slice(lock.length + 1)) : NaN
    if (Number.isInteger(pid) && !mayRun({ ...mark, pid, started: '' })) removeIfThere(files, state, name)
  }
}

function takeOver(files: FileSystem, state: Handle, own: string, lock: string): void {
  refuseHeld(files, state, lock)
  if (!tryLink(files, state, own, breaking(lock))) {
    refuseHeld(files, state, breaking(lock))
    removeIfThere(files, state, breaking(lock))
    if (!tryLink(files, state, own, breaking(lock))) throw new TreeLocked(undefined)
  }
  try {
    // Another process may have taken it over before we held the right to do so.
    refuseHeld(files, state, lock)
    removeIfThere(files, state, lock)
    if (!tryLink(files, state, own, lock)) throw new TreeLocked(undefined)
  } finally {
    removeIfThere(files, state, breaking(lock))
  }
}

function refuseHeld(files: FileSystem, state: Handle, name: string): void {
  if (isHeld(files, state, name)) throw new TreeLocked(readHolder(getFile(files, state, name)))
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

/** Undefined for what we did not write, or not to its end: it is not a held lock. */
function readHolder(bytes: Buffer | undefined): Holder | undefined {
  try {
    const holder = bytes && (JSON.parse(bytes.toString('utf8')) as Partial<Holder> | null)
    return typeof holder?.mark?.pid === 'number' ? (holder as Holder) : undefined
  } catch {
    return undefined
  }
}
