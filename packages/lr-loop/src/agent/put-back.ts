import { rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import { keepTouched } from './keep-touched.ts'
import { keptOf, type Place, type Snapshot, storeOf } from './snapshot.ts'
import { foldersOf, isRealFolder, putEntryBack } from './tree-copy.ts'

const MAX_LISTED = 20

/**
 * Puts paths back as they were. What was there meanwhile is kept in the run's folder.
 *
 * @returns why it is not kept there, by the paths of which no copy could be made
 * @throws CommandError (3) that names those that could not be put back, after all others were
 */
export function putBack(paths: readonly string[], snapshot: Snapshot, { run, env }: Place): Map<string, string> {
  const { root, entries } = snapshot
  const unkept = keepTouched(paths, root, keptOf(snapshot, run), env)
  const store = storeOf(snapshot, run)
  const failed: string[] = []
  for (const path of paths) {
    try {
      putEntryBack(root, path, entries[path], store)
    } catch (error) {
      failed.push(`${path} (${reasonOf(error)})`)
    }
  }
  removeEmptied(paths, snapshot)
  if (failed.length === 0) return unkept
  const lost = [...unkept.keys()]
  const also = lost.length === 0 ? '' : `; no copy of the agent's version was kept: ${listSome(lost)}`
  throw new CommandError(
    ExitStatus.Failed,
    `could not be restored: ${listSome(failed)} (copies are in ${store}, listed in ../before.json)${also}`,
  )
}

/** The first paths of a list, and how many more there are. */
export function listSome(paths: readonly string[]): string {
  const more = paths.length > MAX_LISTED ? ` and ${paths.length - MAX_LISTED} more` : ''
  return paths.slice(0, MAX_LISTED).join(', ') + more
}

/** Folders that an agent made, and in which nothing is left. */
function removeEmptied(paths: readonly string[], { root, modes }: Snapshot): void {
  const folders = new Set(paths.flatMap((path) => foldersOf(dirname(path))))
  const made = [...folders].filter((folder) => modes[folder] === undefined && isRealFolder(root, folder))
  for (const folder of made.sort().reverse()) {
    try {
      rmdirSync(join(root, folder))
    } catch {
      // Something is in it.
    }
  }
}
