import { errorCode } from '@loop-runner/cli-kit'
import type { FileSystem, Handle, Status } from './file-system.ts'

/** What on the disk forbids to read or write a path, in words that a model can act on. */
export interface Obstacle {
  readonly code: 'git-folder' | 'not-a-file' | 'symbolic-link'
  readonly message: string
}

/** What lies on the disk forbids to read or write a path. */
export class RefusedPath extends Error {
  override readonly name = 'RefusedPath'
  readonly refusal: Obstacle

  constructor(refusal: Obstacle) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** A file as it was found. */
export interface FoundFile {
  readonly bytes: Buffer
  readonly status: Status
}

/**
 * Opens the folder of a path of plain parts, part by part from the root, and never through a link.
 *
 * @param use gets the folder, which is closed afterwards, and the last part of the path
 * @returns undefined where a folder on the way is not there
 * @throws RefusedPath for a link, a nested repository, or something that is no folder on the way
 */
export function inFolderOf<T>(
  files: FileSystem,
  root: Handle,
  path: string,
  use: (folder: Handle, name: string) => T,
): T | undefined {
  const folder = openFolderOf(files, root, path)
  if (folder === undefined) return undefined
  try {
    return use(folder, nameIn(path))
  } finally {
    if (folder !== root) files.close(folder)
  }
}

/**
 * Opens the folder of a path as inFolderOf does.
 *
 * @returns the folder, to be closed unless it is the root; undefined where one on the way is not there
 * @throws RefusedPath as inFolderOf does
 */
export function openFolderOf(files: FileSystem, root: Handle, path: string): Handle | undefined {
  let folder = root
  let isDone = false
  try {
    for (const part of path.split('/').slice(0, -1)) {
      const [before, next] = [folder, openPart(files, folder, part)]
      folder = next ?? root
      if (before !== root) files.close(before)
      if (next === undefined) return undefined
      // Whatever bears this name makes the folder another repository's, or git's own.
      if (files.status(folder, '.git')) throw refused('git-folder', `${part} is a repository of its own`)
    }
    isDone = true
    return folder
  } finally {
    if (!isDone && folder !== root) files.close(folder)
  }
}

/** The last part of a path. */
export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function openPart(files: FileSystem, parent: Handle, name: string): Handle | undefined {
  try {
    return files.openFolder(parent, name)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return undefined
    if (code !== 'ENOTDIR' && code !== 'ELOOP') throw error
    if (files.status(parent, name)?.kind !== 'link') throw refused('not-a-file', `${name} is a file, not a folder`)
    throw refused('symbolic-link', `${name} is a symbolic link (name the file where it really is)`)
  }
}

/**
 * What bears this name in a folder, if it is a regular file.
 *
 * @throws RefusedPath for anything else
 */
export function fileStatus(files: FileSystem, folder: Handle, name: string): Status | undefined {
  const status = files.status(folder, name)
  if (status && status.kind !== 'file') throw new RefusedPath(notAFile(status))
  return status
}

/** Reads a regular file; undefined if it does not exist. Throws RefusedPath as fileStatus does. */
export function readFile(files: FileSystem, folder: Handle, name: string): FoundFile | undefined {
  const handle = fileStatus(files, folder, name) && openFile(files, folder, name)
  if (handle === undefined) return undefined
  try {
    const status = files.statusOf(handle)
    if (status.kind !== 'file') throw new RefusedPath(notAFile(status))
    return { bytes: readAll(files, handle, status.size), status }
  } finally {
    files.close(handle)
  }
}

/** Undefined where it has gone since it was looked at. */
function openFile(files: FileSystem, folder: Handle, name: string): Handle | undefined {
  try {
    return files.openFile(folder, name)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** @param size how much is expected; what has grown meanwhile is read all the same */
export function readAll(files: FileSystem, handle: Handle, size: number): Buffer {
  let bytes: Buffer = Buffer.alloc(size + 1)
  let length = 0
  for (;;) {
    const count = files.read(handle, bytes, length, length)
    if (count === 0) return bytes.subarray(0, length)
    length += count
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(length)])
  }
}

/** Writes all of it, however little the disk takes at a time. */
export function writeAll(files: FileSystem, handle: Handle, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += files.write(handle, bytes, at)
}

function notAFile({ kind }: Status): Obstacle {
  if (kind === 'link') return { code: 'symbolic-link', message: 'a symbolic link (name the file that it leads to)' }
  return {
    code: 'not-a-file',
    message: kind === 'folder' ? 'a folder, not a file (name the file)' : 'not a regular file',
  }
}

function refused(code: Obstacle['code'], message: string): RefusedPath {
  return new RefusedPath({ code, message })
}
