import { setTimeout } from 'node:timers/promises'
import { reasonOf, workingTreeOf } from '@loop-runner/cli-kit'
import type { FileSystem } from './file-system.ts'
import { TreeLocked } from './lock.ts'
import { makeNodeFileSystem } from './node-file-system.ts'
import { recover } from './recover.ts'
import type { RecoveryIo } from './recovery-io.ts'
import { keyOf } from './tree-state.ts'
import { unfinishedFolder } from './unfinished-folder.ts'
import { isTreeLocked, withLockedJournal } from './with-locked-journal.ts'

/** How long we wait for a process that writes a reply to our tree. */
const PATIENCE_MS = 5000
const POLL_MS = 20

/** Ends every transaction that was killed on its way, and leaves those whose process still runs. */
export async function recoverUnfinished(io: RecoveryIo, files: FileSystem = makeNodeFileSystem()): Promise<void> {
  const here = keyOf(workingTreeOf(io.cwd))
  for (const key of unfinishedTrees(files, io.env)) {
    if (key === here) await recoverHere(files, key, io)
    else recoverElsewhere(files, key, io)
  }
}

/**
 * Recovers one working tree, given its key.
 *
 * @param isHere whether we are in it: then what is not there is gone; any other may be on a disk that is not mounted
 * @returns what was done, in words
 * @throws CommandError (3) where it cannot be done · TreeLocked
 */
function recoverTree(files: FileSystem, key: string, env: NodeJS.ProcessEnv, isHere: boolean): string[] {
  const who = 'the recovery of an interrupted reply'
  return withLockedJournal(files, { key, env, who }, (journal) => recover(files, journal, isHere))
}

/** Waits for a process at work: what we are about to read must not be half of a reply. */
async function recoverHere(files: FileSystem, key: string, io: RecoveryIo): Promise<void> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    const done = tryRecover(files, key, io.env, true)
    if (done) return say(done, io)
    await setTimeout(POLL_MS)
  }
  io.warn(`${io.cwd}: another program is writing a reply here (the files may be incomplete)`)
}

/** What cannot be put right elsewhere is no reason not to work here. */
function recoverElsewhere(files: FileSystem, key: string, io: RecoveryIo): void {
  try {
    say(tryRecover(files, key, io.env, false) ?? [], io)
  } catch (error) {
    io.warn(reasonOf(error))
  }
}

function say(lines: readonly string[], { warn }: RecoveryIo): void {
  for (const line of lines) warn(line)
}

/** Undefined while another process is at work. */
function tryRecover(files: FileSystem, key: string, env: NodeJS.ProcessEnv, isHere: boolean): string[] | undefined {
  const isOver = () => !unfinishedTrees(files, env).has(key)
  // Asked twice: many may write one after the other, and who has come to the end in between leaves nothing to lock for.
  if (isOver()) return []
  if (isTreeLocked(files, key, env)) return undefined
  if (isOver()) return []
  try {
    return recoverTree(files, key, env, isHere)
  } catch (error) {
    if (error instanceof TreeLocked) return undefined
    throw error
  }
}

/** The keys of the trees in which something is unfinished. */
function unfinishedTrees(files: FileSystem, env: NodeJS.ProcessEnv): Set<string> {
  const folder = files.openRoot(unfinishedFolder(env))
  try {
    return new Set(files.list(folder).flatMap((name) => /^[0-9a-f]{32}(?=\.)/.exec(name) ?? []))
  } finally {
    files.close(folder)
  }
}
