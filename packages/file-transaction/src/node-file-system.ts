import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
  type BigIntStats,
} from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import type { FileSystem, Handle, Status } from './file-system.ts'

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants
const BY_DESCRIPTOR = '/proc/self/fd'

/**
 * The disk. On Linux a name is looked up below the very folder that is open, by way of procfs. Where there is no procfs
 * (macOS) it is looked up by the folder's path, after making sure that the path still leads to the folder: that keeps
 * links out, but not a program that swaps folders at that very moment.
 */
export function makeNodeFileSystem(hasProcfs = existsSync(BY_DESCRIPTOR)): FileSystem {
  const place = hasProcfs ? byDescriptor() : byPath()
  const open = (parent: Handle, name: string, flags: number, mode?: number) =>
    place.opened(openSync(place.of(parent, name), flags | O_NOFOLLOW, mode), parent, name)
  return {
    openRoot: (path) => place.opened(openSync(path, O_RDONLY | O_DIRECTORY), undefined, path),
    openFolder: (parent, name) => open(parent, name, O_RDONLY | O_DIRECTORY),
    openFile: (parent, name) => open(parent, name, O_RDONLY | O_NONBLOCK),
    createFile: (parent, name, mode) => open(parent, name, O_WRONLY | O_CREAT | O_EXCL, mode),
    makeFolder: (parent, name, mode) => mkdirSync(place.of(parent, name), mode),
    removeFolder: (parent, name) => rmdirSync(place.of(parent, name)),
    removeFile: (parent, name) => unlinkSync(place.of(parent, name)),
    rename: (parent, name, newParent, newName) => renameSync(place.of(parent, name), place.of(newParent, newName)),
    link: (parent, name, newName) => linkSync(place.of(parent, name), place.of(parent, newName)),
    status: (parent, name) => statusAt(place.of(parent, name)),
    statusOf: (handle) => toStatus(fstatSync(handle, { bigint: true })),
    list: (folder) => readdirSync(place.of(folder, '.')),
    read: (handle, bytes, at, position) => readSync(handle, bytes, at, bytes.length - at, position),
    write: (handle, bytes, at) => writeSync(handle, bytes, at, bytes.length - at),
    setMode: (handle, mode) => fchmodSync(handle, mode),
    sync: (handle) => fsyncSync(handle),
    close: (handle) => {
      place.closed(handle)
      closeSync(handle)
    },
  }
}

/** How a name below an open folder is spelled for the system. */
interface Place {
  of(parent: Handle, name: string): string
  opened(handle: Handle, parent: Handle | undefined, name: string): Handle
  closed(handle: Handle): void
}

function byDescriptor(): Place {
  return {
    of: (parent, name) => `${BY_DESCRIPTOR}/${parent}/${name}`,
    opened: (handle) => handle,
    closed: () => {},
  }
}

function byPath(): Place {
  const paths = new Map<Handle, string>()
  const pathOf = (handle: Handle) => paths.get(handle) ?? ''
  return {
    of: (parent, name) => {
      const [there, held] = [lstatSync(pathOf(parent)), fstatSync(parent)]
      if (there.ino === held.ino && there.dev === held.dev) return join(pathOf(parent), name)
      const problem = 'another process has put another folder in its place'
      throw new CommandError(ExitStatus.Failed, `${pathOf(parent)}: ${problem}`)
    },
    opened: (handle, parent, name) => {
      paths.set(handle, parent === undefined ? name : join(pathOf(parent), name))
      return handle
    },
    closed: (handle) => void paths.delete(handle),
  }
}

function statusAt(path: string): Status | undefined {
  try {
    return toStatus(lstatSync(path, { bigint: true }))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function toStatus(stats: BigIntStats): Status {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other'
  return {
    kind,
    mode: Number(stats.mode & 0o777n),
    size: Number(stats.size),
    writtenNs: stats.mtimeNs,
    names: Number(stats.nlink),
  }
}
