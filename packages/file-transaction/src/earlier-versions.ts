import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { workingTreeOf } from '@loop-runner/cli-kit'
import { hashOf } from './hash.ts'
import type { Journal } from './journal.ts'
import { makeNodeFileSystem } from './node-file-system.ts'
import type { RecoveryIo } from './recovery-io.ts'
import { treeStatePath } from './tree-state.ts'
import { waitForTree } from './wait-for-tree.ts'
import { withJournal } from './with-journal.ts'

/** A version of a file that a transaction replaced. */
export interface EarlierVersion {
  readonly bytes: Buffer
  /** Permissions; undefined if they are not known. */
  readonly mode: number | undefined
}

/** A file as it is now: its absolute path, and its bytes, undefined if it does not exist. */
export interface FileNow {
  readonly file: string
  readonly bytes: Buffer | undefined
}

/**
 * The versions that transactions replaced to bring files to what they are now, newest first. The list of a file ends at
 * the first version that no known transaction has written: it is the user's. `undefined` in it means that the file did
 * not exist.
 *
 * @throws CommandError (3) if our state cannot be read · TreeLocked
 */
export async function readEarlierVersions(
  now: readonly FileNow[],
  io: RecoveryIo,
): Promise<ReadonlyMap<string, readonly (EarlierVersion | undefined)[]>> {
  if (!existsSync(treeStatePath(workingTreeOf(io.cwd), io.env))) return new Map()
  const read = (journal: Journal) => new Map(now.map((file) => [file.file, versionsOf(file, journal)]))
  return waitForTree(() => withJournal(makeNodeFileSystem(), io, 'lr-git', read))
}

function versionsOf({ file, bytes }: FileNow, journal: Journal): (EarlierVersion | undefined)[] {
  const versions: (EarlierVersion | undefined)[] = []
  let hash = bytes && hashOf(bytes)
  for (const { root, entries } of journal.applied()) {
    const entry = entries.find(({ path }) => resolve(root, path) === file)
    if (!entry) continue
    if (entry.next?.hash !== hash) break
    const old = entry.old && journal.kept(entry.old.hash)
    if (entry.old && !old) break
    versions.push(old && { bytes: old, mode: entry.old?.mode })
    hash = entry.old?.hash
  }
  return versions
}
