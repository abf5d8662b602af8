import { linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CommandError,
  errorCode,
  ExitStatus,
  mayRun,
  type ProcessMark,
  processMark,
  reasonOf,
} from '@loop-runner/cli-kit'
import { readTextIfThere } from './if-there.ts'

/** Between two looks at a lock that is held. */
const POLL_MS = 20
/** Within so long a git process that lives has moved a ref. */
const LIVING_MS = 1000

/**
 * Takes one of git's locks: the file `path`, made exclusively, as git makes it. It holds our mark from its first moment,
 * so that one left behind by a process of ours that was killed is known as such and cleared; one of anybody else's
 * never is.
 *
 * @param scratch a folder of ours on the same file system
 * @param waitMs how long to wait for it
 * @returns a function that gives it back
 * @throws CommandError (4) naming the holder, (3) where it cannot be made
 */
export async function takeLock(path: string, scratch: string, waitMs: number): Promise<() => void> {
  const mark = processMark()
  const text = `${JSON.stringify({ 'lr-git': mark, since: new Date().toISOString() })}\n`
  const end = Date.now() + waitMs
  for (;;) {
    if (makeExclusively(path, text, join(scratch, `lock-${mark.pid}`))) return () => giveBack(path, text)
    if (clearStale(path, join(scratch, `stale-${mark.pid}`))) continue
    if (Date.now() >= end) throw new CommandError(ExitStatus.TryAgain, `${path}: ${describeHolder(path)}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS * (0.5 + Math.random())))
  }
}

/** Clears a lock that one of ours has left behind, if it is one; any other stays. */
export function clearDeadLock(path: string, scratch: string): void {
  clearStale(path, join(scratch, `stale-${processMark().pid}`))
}

/**
 * Clears a lock of git's that a git process of a stopped command of ours has left: it holds what that was to write. One
 * that is still at work is waited for.
 *
 * @param text what that process was to write
 */
export async function clearLeftBehind(path: string, text: string): Promise<void> {
  const end = Date.now() + LIVING_MS
  while (readTextIfThere(path)?.trim() === text) {
    if (Date.now() >= end) return rmSync(path, { force: true })
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** By a link to a file that is already written: a lock without its mark never exists, whenever we are killed. */
function makeExclusively(path: string, text: string, draft: string): boolean {
  try {
    writeFileSync(draft, text)
    try {
      linkSync(draft, path)
    } catch (error) {
      // File systems without hard links.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errorCode(error) ?? '')) throw error
      writeFileSync(path, text, { flag: 'wx' })
    }
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  } finally {
    removeQuietly(draft)
  }
}

/** A draft that stays is swept later; to fail here would be to hold a lock that no record names. */
function removeQuietly(draft: string): void {
  try {
    rmSync(draft, { force: true })
  } catch {}
}

function giveBack(path: string, text: string): void {
  if (readTextIfThere(path) === text) rmSync(path, { force: true })
}

/** @returns whether it is worth trying again at once */
function clearStale(path: string, aside: string): boolean {
  const text = readTextIfThere(path)
  if (text === undefined) return true
  const mark = readMark(text)
  if (!mark || mayRun(mark)) return false
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true
    throw error
  }
  // Another process may have cleared it and taken it again between our look and our move.
  if (readTextIfThere(aside) !== text) linkIfFree(aside, path)
  rmSync(aside, { force: true })
  return true
}

function linkIfFree(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

function readMark(text: string): ProcessMark | undefined {
  if (!text.startsWith('{"lr-git":')) return undefined
  try {
    return (JSON.parse(text) as { 'lr-git': ProcessMark })['lr-git']
  } catch {
    return undefined
  }
}

function describeHolder(path: string): string {
  const mark = readMark(readTextIfThere(path) ?? '')
  if (mark) return `held by lr-git, process ${mark.pid} on ${mark.host} (try again when it has ended)`
  const since = statSync(path, { throwIfNoEntry: false })?.mtime.toISOString() ?? 'just now'
  return `held by another git program since ${since} (try again when it has ended; remove the file if none runs)`
}
