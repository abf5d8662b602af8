import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import { ChangedMeanwhile } from './changed-meanwhile.ts'
import type { FileSystem, Handle } from './file-system.ts'
import type { HeldFolders } from './held-folders.ts'
import type { Entry, Manifest } from './manifest.ts'
import { inFolderOf, RefusedPath, writeAll } from './tree.ts'

/** For a file that takes the mode that the umask leaves. */
const NEW_FILE = 0o666
/** For a file that is given its mode once it is written. */
const UNSEEN = 0o600
const NEW_FOLDER = 0o777

/** Where a transaction's files lie. */
export interface Site {
  readonly files: FileSystem
  /** The folder that the paths are relative to. */
  readonly root: Handle
}

/**
 * Makes the folders of a transaction, and writes every new version beside its place; all of it is on the disk then.
 *
 * @param held gets the folders of all entries
 * @throws ChangedMeanwhile where a folder is gone, or a link has come in between
 */
export function stageAll(
  site: Site,
  manifest: Manifest,
  contents: ReadonlyMap<string, Buffer>,
  held: HeldFolders,
): void {
  const { files } = site
  for (const path of manifest.folders) {
    inFolder(site, path, (folder, name) => {
      makeFolder(files, folder, name)
      files.sync(folder)
    })
  }
  for (const { path, temp, next } of manifest.entries) {
    const bytes = contents.get(path)
    naming(path, () => {
      const folder = held.open(path)
      if (folder === undefined) throw new ChangedMeanwhile(path)
      if (bytes) writeVersion(files, folder, temp, bytes, next?.mode)
    })
  }
  held.sync()
}

function makeFolder(files: FileSystem, folder: Handle, name: string): void {
  try {
    files.makeFolder(folder, name, NEW_FOLDER)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** Writes a file that must not be there yet. */
export function writeVersion(
  files: FileSystem,
  folder: Handle,
  name: string,
  bytes: Buffer,
  mode: number | undefined,
): void {
  const handle = files.createFile(folder, name, mode === undefined ? NEW_FILE : UNSEEN)
  try {
    writeAll(files, handle, bytes)
    if (mode !== undefined) files.setMode(handle, mode)
    files.sync(handle)
  } finally {
    files.close(handle)
  }
}

/** The name under which a version is written that goes back to its place; that of the staged one tells whether it is in its. */
export function restoringName({ temp }: Entry): string {
  return `${temp}.old`
}

/**
 * Does something in the folder of a path that was there a moment ago. A system error that comes of it names the path.
 *
 * @throws ChangedMeanwhile where the folder is gone, or a link has come in between
 */
export function inFolder<T>({ files, root }: Site, path: string, use: (folder: Handle, name: string) => T): T {
  return naming(path, () => {
    const result = inFolderOf(files, root, path, (folder, name) => ({ value: use(folder, name) }))
    if (!result) throw new ChangedMeanwhile(path)
    return result.value
  })
}

/** Does something with a path: a system error becomes a CommandError that names it, a link on the way ChangedMeanwhile. */
function naming<T>(path: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (error instanceof RefusedPath) throw new ChangedMeanwhile(path)
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`, { cause: error })
  }
}

/**
 * Does something in the folder of a path, if that is still there and no link has come in between.
 *
 * @returns whether it was done
 */
export function ifReachable({ files, root }: Site, path: string, use: (folder: Handle, name: string) => void): boolean {
  let folder: { handle: Handle; name: string } | undefined
  try {
    inFolderOf(files, root, path, (handle, name) => {
      folder = { handle, name }
      use(handle, name)
    })
  } catch (error) {
    // What `use` itself throws is not ours to judge.
    if (folder || !(error instanceof RefusedPath)) throw error
  }
  return folder !== undefined
}

/** Waits until the names in the folders of all entries are on the disk. Folders that are gone have none. */
export function syncFolders(site: Site, entries: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const { path } of entries) {
    const folderPath = path.slice(0, path.lastIndexOf('/') + 1)
    if (seen.has(folderPath)) continue
    seen.add(folderPath)
    ifReachable(site, path, (folder) => site.files.sync(folder))
  }
}
