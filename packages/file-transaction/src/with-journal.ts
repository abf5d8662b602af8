import { basename } from 'node:path'
import { workingTreeOf } from '@loop-runner/cli-kit'
import type { FileSystem } from './file-system.ts'
import type { Journal } from './journal.ts'
import { recover } from './recover.ts'
import type { RecoveryIo } from './recovery-io.ts'
import type { TransactionIdentity } from './transaction.ts'
import { keyOf } from './tree-state.ts'
import { withLockedJournal } from './with-locked-journal.ts'

/**
 * Does something while no other of our processes writes to the working tree, once an interrupted reply has been dealt with.
 *
 * @param who does it, in words
 * @param use gets what names a transaction that begins now
 * @throws CommandError (3) where something cannot be written · TreeLocked
 */
export function withJournal<T>(
  files: FileSystem,
  io: RecoveryIo,
  who: string,
  use: (journal: Journal, now: TransactionIdentity) => T,
): T {
  const time = new Date()
  const id = `${time.getTime().toString(36)}-${randomHex()}`
  const key = keyOf(workingTreeOf(io.cwd))
  const run = io.env['LR_RUN_DIR'] ? { run: basename(io.env['LR_RUN_DIR']) } : {}
  return withLockedJournal(files, { key, env: io.env, who }, (journal) => {
    for (const line of recover(files, journal, true)) io.warn(line)
    return use(journal, { id, at: time.toISOString(), rootPath: io.cwd, ...run })
  })
}

/** Six hexadecimal digits. Only one program at a time has the journal, so they need not be unpredictable; node:crypto is slow to load. */
function randomHex(): string {
  return Math.floor(Math.random() * 0x1_00_00_00)
    .toString(16)
    .padStart(6, '0')
}
