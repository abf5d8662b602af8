import { randomBytes } from 'node:crypto'
import {
  CommandError,
  errorCode,
  ExitStatus,
  type Io,
  processMark,
  reasonOf,
  workingTreeOf,
} from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { Journal } from './journal.ts'
import { takeLock } from './lock.ts'
import { recover } from './recover.ts'
import { openState, statePath } from './state-folder.ts'
import type { TransactionIdentity } from './transaction.ts'

/**
 * Does something while nobody else of ours writes to the working tree, once an interrupted reply has been dealt with.
 *
 * @param use gets what names a transaction that begins now
 * @throws CommandError (3) where something cannot be written · (4) where the tree is locked
 */
export function withJournal<T>(
  files: FileSystem,
  io: Pick<Io, 'cwd' | 'env' | 'warn'>,
  use: (journal: Journal, now: TransactionIdentity) => T,
): T {
  const time = new Date()
  const at = time.toISOString()
  const id = `${time.getTime().toString(36)}-${randomBytes(3).toString('hex')}`
  try {
    return withState(files, statePath(workingTreeOf(io.cwd), io.env), (state) => {
      const release = takeLock(files, state, { mark: processMark(), program: 'lr-apply', since: at })
      try {
        const journal = new Journal(files, state)
        for (const line of recover(files, journal)) io.warn(line)
        journal.clean()
        return use(journal, { id, at, rootPath: io.cwd })
      } finally {
        release()
      }
    })
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `the journal of ${io.cwd}: ${reasonOf(error)}`, { cause: error })
  }
}

function withState<T>(files: FileSystem, path: string, use: (state: Handle) => T): T {
  const state = openState(files, path)
  try {
    return use(state)
  } finally {
    files.close(state)
  }
}
