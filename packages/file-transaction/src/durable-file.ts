import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { readFile, RefusedPath, writeAll } from './tree.ts'

const OURS_ALONE = 0o700

/** Makes a folder, unless it is there. */
export function makeFolder(files: FileSystem, parent: Handle, name: string): void {
  try {
    files.makeFolder(parent, name, OURS_ALONE)
    files.sync(parent)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** What a file is called while it is written. */
const HALF_WRITTEN = '.new'

/** Removes the files of a folder, or those whose names begin so, whose writer was killed. */
export function removeHalfWritten(files: FileSystem, folder: Handle, prefix = ''): void {
  for (const name of files.list(folder)) {
    if (name.startsWith(prefix) && name.endsWith(HALF_WRITTEN)) files.removeFile(folder, name)
  }
}

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export function putFile(files: FileSystem, folder: Handle, name: string, bytes: Buffer): void {
  const temp = name + HALF_WRITTEN
  removeIfThere(files, folder, temp)
  const handle = files.createFile(folder, temp, 0o600)
  try {
    writeAll(files, handle, bytes)
    files.sync(handle)
  } finally {
    files.close(handle)
  }
  files.rename(folder, temp, folder, name)
  files.sync(folder)
}

/**
 * A file's bytes; undefined where it is not there.
 *
 * @throws CommandError (3) where something is there that is no file
 */
export function getFile(files: FileSystem, folder: Handle, name: string): Buffer | undefined {
  try {
    return readFile(files, folder, name)?.bytes
  } catch (error) {
    if (!(error instanceof RefusedPath)) throw error
    throw new CommandError(ExitStatus.Failed, `${name}: not a file of this program (inspect it, then delete it)`)
  }
}

/** Removes a file, unless it is gone already. */
export function removeIfThere(files: FileSystem, folder: Handle, name: string): void {
  try {
    files.removeFile(folder, name)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
