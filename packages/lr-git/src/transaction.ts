import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { copyIndex } from './copy-index.ts'
import { replaceDurably, writeDurably } from './durable-file.ts'
import type { Engine, PathChange, Step } from './engine.ts'
import type { NamedObject } from './git-object.ts'
import { readTextIfThere } from './if-there.ts'
import { clearDeadLock, takeLock } from './lock.ts'
import { type FileChange, placeFile, type StagedFile, stageFile } from './working-file.ts'

/** After so long a draft of a lock has nobody any more. */
const FORGOTTEN_MS = 60_000

/** Everything that one command changes, in the repository and in the working tree. */
export interface Change {
  readonly objects: readonly NamedObject[]
  /** The first is the point of no return: once it is taken the rest follows, by the next command if need be. */
  readonly steps: readonly [Step, ...Step[]]
  readonly index: readonly PathChange[]
  readonly files: readonly FileChange[]
  /** For the reflog. */
  readonly reason: string
}

/** What lies on disk while a change is made, so that one that was cut short can be finished or forgotten. */
interface Journal {
  readonly steps: readonly Step[]
  readonly files: readonly StagedFile[]
  readonly reason: string
  /** Which index the new one is made from; undefined where the index stays as it is. */
  readonly index: string | undefined
}

/** The folder of ours inside a git folder. */
export function scratchFolder(engine: Engine): string {
  return join(engine.repository.gitDir, 'lr')
}

/**
 * Does something while we hold the index's lock, which keeps every other writer out. What a killed command of ours has
 * left half done is finished or forgotten first.
 *
 * @throws CommandError (4) where the lock is not to be had within `waitMs`
 */
export async function withLock<T>(engine: Engine, io: Io, waitMs: number, work: () => Promise<T>): Promise<T> {
  const scratch = scratchFolder(engine)
  mkdirSync(scratch, { recursive: true })
  const release = await takeLock(join(engine.repository.gitDir, 'index.lock'), scratch, waitMs)
  const done = (async () => {
    try {
      await recover(engine, io)
      return await work()
    } finally {
      release()
    }
  })()
  // Its processes are stopped by an interrupt; what is past the point of no return is waited for.
  const forget = io.onInterrupt(async () => void (await Promise.allSettled([done])))
  try {
    return await done
  } finally {
    forget()
  }
}

/**
 * Makes a change, all of it or nothing. The lock is held.
 *
 * @throws CommandError (3) where a file of the working tree is not as the change expects, (4) where a ref is not
 */
export async function makeChange(engine: Engine, change: Change, io: Io): Promise<void> {
  const scratch = scratchFolder(engine)
  try {
    const journal = await prepare(engine, change)
    await engine.takeStep(change.steps[0], change.reason)
    for (const step of change.steps.slice(1)) await engine.takeStep(step, change.reason)
    finish(engine, journal, io)
  } catch (error) {
    // Otherwise the next command finishes it.
    if (!(await isTaken(engine, change.steps[0]).catch(() => true))) forget(scratch)
    throw error
  }
}

/** Lays everything ready, so that what follows the point of no return is a matter of renaming. */
async function prepare(engine: Engine, change: Change): Promise<Journal> {
  const scratch = scratchFolder(engine)
  const { root } = engine.repository
  const files = change.files.map((file, index) => stageFile(root, file, join(scratch, `file-${index}`)))
  const [index] = await Promise.all([prepareIndex(engine, change.index), engine.writeObjects(change.objects)])
  const journal: Journal = { steps: change.steps, files, reason: change.reason, index }
  writeDurably(join(scratch, 'journal.new'), Buffer.from(JSON.stringify(journal)))
  replaceDurably(join(scratch, 'journal.new'), join(scratch, 'journal'))
  return journal
}

async function prepareIndex(engine: Engine, changes: readonly PathChange[]): Promise<string | undefined> {
  if (changes.length === 0) return undefined
  const copy = join(scratchFolder(engine), 'index')
  copyIndex(engine.repository.gitDir, copy)
  await engine.makeIndex(changes, copy)
  return indexIdentity(engine)
}

/** Tells one state of the index from another. */
function indexIdentity(engine: Engine): string {
  const stat = statSync(join(engine.repository.gitDir, 'index'), { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : 'none'
}

async function recover(engine: Engine, io: Io): Promise<void> {
  const scratch = scratchFolder(engine)
  const journal = readJournal(scratch)
  const [first, ...rest] = journal?.steps ?? []
  if (!journal || !first) return forget(scratch)
  for (const step of journal.steps) clearDeadLock(lockOf(engine, step), scratch)
  if (!(await isTaken(engine, first))) return forget(scratch)
  io.warn('finishing what a command that was stopped had begun')
  for (const step of rest) if (!(await isTaken(engine, step))) await engine.takeStep(step, journal.reason)
  finish(engine, journal, io)
}

function lockOf({ repository }: Engine, step: Step): string {
  return join(repository.commonDir, `${'ref' in step ? step.ref : 'HEAD'}.lock`)
}

async function isTaken(engine: Engine, step: Step): Promise<boolean> {
  if ('ref' in step) return (await engine.readRef(step.ref)) === step.to
  const head = await engine.readHead()
  return 'ref' in step.head ? head.ref === step.head.ref : head.ref === undefined && head.commit === step.head.commit
}

/** It is written whole or not at all; one that cannot be read may not be passed over. */
function readJournal(scratch: string): Journal | undefined {
  const text = readTextIfThere(join(scratch, 'journal'))
  return text === undefined ? undefined : (JSON.parse(text) as Journal)
}

function finish(engine: Engine, journal: Journal, io: Io): void {
  const { root, gitDir } = engine.repository
  const scratch = scratchFolder(engine)
  for (const file of journal.files) {
    if (!placeFile(root, file)) io.warn(`${file.path}: was changed meanwhile and is left as it is`)
  }
  // An index that somebody has written since is newer than ours.
  if (journal.index === indexIdentity(engine)) replaceDurably(join(scratch, 'index'), join(gitDir, 'index'))
  forget(scratch)
}

/** Removes what a change had laid ready; the journal first, for without it the rest means nothing. */
function forget(scratch: string): void {
  rmSync(join(scratch, 'journal'), { force: true })
  for (const name of readdirSync(scratch)) {
    const isOurs =
      /^(index|index\.lock|stored|stored\.lock|hook-index|hook-index\.lock|hook-message|journal\.new|ref|file-\d+)$/.test(
        name,
      )
    // Drafts of locks belong to those who wait for ours; they live for an instant.
    const isForgotten = /^(lock|stale)-\d+$/.test(name) && isOld(join(scratch, name))
    if (isOurs || isForgotten) rmSync(join(scratch, name), { force: true })
  }
}

function isOld(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > FORGOTTEN_MS
}
