import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf, stateFolder } from '@loop-runner/cli-kit'
import type { FileSystem, Handle } from './file-system.ts'
import { readFile, writeAll } from './tree.ts'

const OURS_ALONE = 0o700

/** Where our journal, lock and old versions for a working tree lie: below `$XDG_STATE_HOME/loop-runner/trees`. */
export function statePath(tree: string, env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'trees', hashOf(Buffer.from(tree)).slice(0, 32))
}

/** The SHA-256 of some bytes, in hexadecimal. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Opens a state folder, making what is not there yet.
 *
 * @throws CommandError (3) where that cannot be done
 */
export function openState(files: FileSystem, path: string): Handle {
  try {
    return openMaking(files, path)
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    const advice = 'the journal is kept there: make it writable, or set XDG_STATE_HOME'
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (${advice})`, { cause: error })
  }
}

function openMaking(files: FileSystem, path: string): Handle {
  try {
    return files.openRoot(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
  }
  const parent = openMaking(files, dirname(path))
  try {
    makeFolder(files, parent, path.slice(path.lastIndexOf('/') + 1))
  } finally {
    files.close(parent)
  }
  return files.openRoot(path)
}

/** Makes a folder in the state folder, unless it is there. */
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

/** Removes the files of a folder that somebody was killed while writing. */
export function removeHalfWritten(files: FileSystem, folder: Handle): void {
  for (const name of files.list(folder)) if (name.endsWith(HALF_WRITTEN)) files.removeFile(folder, name)
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

/** A file's bytes; undefined where it is not there. */
export function getFile(files: FileSystem, folder: Handle, name: string): Buffer | undefined {
  return readFile(files, folder, name)?.bytes
}

/** Removes a file, unless it is gone already. */
export function removeIfThere(files: FileSystem, folder: Handle, name: string): void {
  try {
    files.removeFile(folder, name)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
