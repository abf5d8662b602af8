import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { Engine, PathChange, Step } from '../repository/engine.ts'
import { explainFailure } from '../repository/explain-failure.ts'
import type { NamedObject } from '../repository/git-object.ts'
import { type Journal, readJournal, scratchFolder, writeJournal } from './journal.ts'
import { clearDeadLock, clearLeftBehind, takeLock } from './lock.ts'
import { placeIndex, prepareIndex } from './place-index.ts'
import { type FileChange, placeFile, stageFile } from '../working-tree/working-file.ts'

/** After so long the writer of a draft of a lock is gone. */
const FORGOTTEN_MS = 60_000
/** Where a failure comes after the point of no return. */
const NEXT_ONE_FINISHES = '; the next lr-git command then finishes what this one has begun'

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

/**
 * Does something while we hold the index's lock, which keeps every other writer out. What a killed command of ours has
 * left half done is finished or forgotten first.
 *
 * @throws CommandError (4) if the lock is not free within `waitMs`
 */
export async function withLock<T>(engine: Engine, io: Io, waitMs: number, work: () => Promise<T>): Promise<T> {
  const scratch = scratchFolder(engine)
  mkdirSync(scratch, { recursive: true })
  if (lstatSync(scratch).isSymbolicLink()) {
    throw new CommandError(
      ExitStatus.Failed,
      `${scratch}: is a link, but lr-git stores its files there (remove the link)`,
    )
  }
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
    await finish(engine, journal, io)
  } catch (error) {
    if (await isTaken(engine, change.steps[0]).catch(() => true)) throw explainFailure(error, NEXT_ONE_FINISHES)
    forget(scratch)
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
  writeJournal(engine, journal)
  return journal
}

async function recover(engine: Engine, io: Io): Promise<void> {
  const scratch = scratchFolder(engine)
  const journal = readJournal(engine)
  if (!journal) return forget(scratch)
  const [first, ...rest] = journal.steps
  for (const step of journal.steps) {
    const lock = lockOf(engine, step)
    clearDeadLock(lock, scratch)
    await clearLeftBehind(lock, textOf(step))
  }
  if (!(await isTaken(engine, first))) return forget(scratch)
  io.warn(`finishing a command that was stopped: ${describeSteps(journal.steps)}`)
  for (const step of rest) if (!(await isTaken(engine, step))) await engine.takeStep(step, journal.reason)
  await finish(engine, journal, io)
}

/** Names the commits, since the command that made them could not. */
function describeSteps(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if ('ref' in step) return `${step.ref} is ${step.to}`
      return `HEAD is ${'ref' in step.head ? step.head.ref : step.head.commit}`
    })
    .join(', ')
}

function lockOf({ repository }: Engine, step: Step): string {
  return join(repository.commonDir, `${'ref' in step ? step.ref : 'HEAD'}.lock`)
}

/** What a ref holds when the step is taken. */
function textOf(step: Step): string {
  if ('ref' in step) return step.to
  return 'ref' in step.head ? `ref: ${step.head.ref}` : step.head.commit
}

async function isTaken(engine: Engine, step: Step): Promise<boolean> {
  if ('ref' in step) return (await engine.readRef(step.ref)) === step.to
  const head = await engine.readHead()
  return 'ref' in step.head ? head.ref === step.head.ref : head.ref === undefined && head.commit === step.head.commit
}

async function finish(engine: Engine, journal: Journal, io: Io): Promise<void> {
  const { root } = engine.repository
  const scratch = scratchFolder(engine)
  for (const [index, file] of journal.files.entries()) {
    if (!placeFile(root, file, join(scratch, `file-${index}`))) {
      io.warn(`${file.path}: was changed meanwhile and is left as it is`)
    }
  }
  if (journal.index) await placeIndex(engine, journal.index)
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
