import { errorCode } from '@loop-runner/cli-kit'
import { entryState } from './entry-state.ts'
import type { Handle } from './file-system.ts'
import type { HeldFolders } from './held-folders.ts'
import type { Entry, Manifest } from './manifest.ts'
import { ifReachable, restoringName, type Site, syncFolders, writeVersion } from './stage.ts'
import { removeIfThere } from './durable-file.ts'
import { nameIn } from './tree.ts'

/**
 * Takes back what a transaction has done so far, and removes what it staged. What is neither the old nor the new
 * version belongs to another program and stays. It can be called again, however far it came.
 *
 * @param kept gives an old version by its hash; undefined where nothing has been put in its place yet
 * @param held the folders that it wrote into, wherever they are now; after a restart they are found by their paths
 */
export function rollBack(
  site: Site,
  manifest: Manifest,
  kept: ((hash: string) => Buffer | undefined) | undefined,
  held?: HeldFolders,
): void {
  const { files } = site
  for (const entry of manifest.entries) {
    // Where the folder is not there (any more), nothing was staged.
    inStagedFolder(site, entry.path, held, (folder, name) => {
      const wasPutInPlace = kept && !files.status(folder, entry.temp)
      if (wasPutInPlace && entryState(files, folder, name, entry) === 'next') restore(site, entry, folder, name, kept)
      removeIfThere(files, folder, restoringName(entry))
      removeIfThere(files, folder, entry.temp)
    })
  }
  if (held) held.sync()
  else syncFolders(site, manifest.entries)
  removeEmptyFolders(site, manifest.folders)
}

function inStagedFolder(
  site: Site,
  path: string,
  held: HeldFolders | undefined,
  use: (folder: Handle, name: string) => void,
): void {
  if (!held) return void ifReachable(site, path, use)
  // A folder that is not held was not reached.
  const folder = held.find(path)
  if (folder !== undefined) use(folder, nameIn(path))
}

/** Why a folder cannot be removed that another program has put something into, removed or replaced. */
const STAYS_OR_GONE: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'])

/** @param folders outermost first */
export function removeEmptyFolders(site: Site, folders: readonly string[]): void {
  for (const path of folders.toReversed()) {
    ifReachable(site, path, (folder, name) => removeIfEmpty(site, folder, name))
  }
}

function restore(
  { files }: Site,
  entry: Entry,
  folder: Handle,
  name: string,
  kept: (hash: string) => Buffer | undefined,
): void {
  if (!entry.old) return files.removeFile(folder, name)
  const bytes = kept(entry.old.hash)
  if (!bytes) throw new Error(`${entry.path}: its old version is missing from the journal`)
  removeIfThere(files, folder, restoringName(entry))
  writeVersion(files, folder, restoringName(entry), bytes, entry.old.mode)
  files.rename(folder, restoringName(entry), folder, name)
}

function removeIfEmpty({ files }: Site, folder: Handle, name: string): void {
  try {
    if (files.status(folder, name)?.kind === 'folder') files.removeFolder(folder, name)
  } catch (error) {
    if (!STAYS_OR_GONE.has(errorCode(error))) throw error
  }
}
