import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Files of an operation that is begun and not finished; the loop could not commit beside them. */
const OPERATION =
  /^(?:MERGE_\w+|AUTO_MERGE|SQUASH_MSG|CHERRY_PICK_HEAD|REVERT_HEAD|REBASE_HEAD|rebase-merge|rebase-apply|sequencer|BISECT_\w+)$/
const LOCK = /\.lock$/

/** The files of unfinished operations and the locks in a git folder, relative to it. */
export function listLeftovers(folder: string, common: string): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => OPERATION.test(name) || LOCK.test(name))
  // In the folder that working trees share, others may be at work.
  return common === folder ? [...names, ...listLocks(folder)] : names
}

/** Removes those that were not there before. */
export function removeLeftovers(before: readonly string[], folder: string, common: string): string[] {
  const left = listLeftovers(folder, common).filter((name) => !before.includes(name))
  for (const name of left) rmSync(join(folder, name), { recursive: true, force: true })
  const locks = left.filter((name) => LOCK.test(name))
  const files = left.filter((name) => !LOCK.test(name))
  return [
    ...(files.length === 0 ? [] : [`.git: an unfinished operation was ended (${files.join(', ')})`]),
    ...(locks.length === 0 ? [] : [`.git: lock files were removed (${locks.join(', ')})`]),
  ]
}

/** A lock of a ref lies beside it. */
function listLocks(folder: string): string[] {
  const refs = join(folder, 'refs')
  if (!existsSync(refs)) return []
  return readdirSync(refs, { recursive: true, withFileTypes: true }).flatMap(({ name, parentPath }) =>
    LOCK.test(name) ? [relative(folder, join(parentPath, name))] : [],
  )
}
