import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  type BigIntStats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { errorCode } from '@loop-runner/cli-kit'

/** A file or link as it was before an agent ran. */
export const Entry = z.object({
  /** A closed file is one that may not be read, so that there is no copy of it. */
  kind: z.enum(['file', 'link', 'closed']),
  /** Values that change when a file is written: its size, times, inode and mode. */
  stamp: z.string(),
  mode: z.number(),
  mtimeMs: z.number(),
  /** The target of a link; the name of the copy of a file. */
  content: z.string(),
})
export type Entry = z.infer<typeof Entry>

/**
 * Copies a file to the store, unless an earlier copy is of the same state.
 *
 * @returns undefined if there is neither a file nor a link, as after another program removed it
 */
export function keepEntry(root: string, path: string, store: string, earlier: Entry | undefined): Entry | undefined {
  const stats = statOf(join(root, path))
  if (stats?.isSymbolicLink()) return entryOf(stats, 'link', readlinkSync(join(root, path)))
  if (!stats?.isFile()) return undefined
  const stamp = stampOf(stats)
  const name = createHash('sha256').update(path).digest('hex')
  if (earlier?.stamp === stamp && existsSync(join(store, name))) return earlier
  try {
    copyFileSync(join(root, path), join(store, name), constants.COPYFILE_FICLONE)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES' || code === 'EPERM') return entryOf(stats, 'closed', '')
    throw error
  }
  return entryOf(stats, 'file', name)
}

/** Whether a path differs from its entry; undefined: the path did not exist. */
export function isTouched(root: string, path: string, entry: Entry | undefined, store: string): boolean {
  const stats = statOf(join(root, path))
  if (stats === undefined) return entry !== undefined
  if (entry === undefined) return !stats.isDirectory()
  return stampOf(stats) !== entry.stamp && !isSame(root, path, stats, entry, store)
}

function isSame(root: string, path: string, stats: BigIntStats, entry: Entry, store: string): boolean {
  if (entry.kind === 'link') return stats.isSymbolicLink() && readlinkSync(join(root, path)) === entry.content
  if (entry.kind === 'closed' || !stats.isFile() || Number(stats.mode) !== entry.mode) return false
  const copy = join(store, entry.content)
  return existsSync(copy) && readFileSync(join(root, path)).equals(readFileSync(copy))
}

/** Restores a path; nothing is written through a link. */
export function putEntryBack(root: string, path: string, entry: Entry | undefined, store: string): void {
  const target = join(root, path)
  if (entry === undefined) {
    if (isRealFolder(root, dirname(path))) removeAll(target)
    return
  }
  if (entry.kind === 'closed') throw new Error('it is not readable, so it was not copied')
  if (entry.kind === 'file' && !existsSync(join(store, entry.content))) throw new Error('its copy is missing')
  makeRealFolder(root, dirname(path))
  removeAll(target)
  if (entry.kind === 'link') return symlinkSync(entry.content, target)
  copyFileSync(join(store, entry.content), target, constants.COPYFILE_FICLONE)
  chmodSync(target, entry.mode & 0o7777)
  utimesSync(target, entry.mtimeMs / 1000, entry.mtimeMs / 1000)
}

/** Files in a folder cannot be removed before the folder is writable. */
function removeAll(target: string): void {
  const stats = statOf(target)
  if (stats?.isDirectory()) {
    chmodSync(target, Number(stats.mode & 0o777n) | 0o700)
    for (const name of readdirSync(target)) removeAll(join(target, name))
  }
  rmSync(target, { recursive: true, force: true })
}

function entryOf(stats: BigIntStats, kind: Entry['kind'], content: string): Entry {
  return { kind, stamp: stampOf(stats), mode: Number(stats.mode), mtimeMs: Number(stats.mtimeMs), content }
}

/** The time of the last change of a file's state cannot be set by a program. */
function stampOf({ size, mtimeNs, ctimeNs, ino, mode }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino, mode].join(' ')
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true })
  } catch {
    return undefined
  }
}

/** Whether no part of a path is a link. */
export function isRealFolder(root: string, folder: string): boolean {
  return foldersOf(folder).every((part) => statOf(join(root, part))?.isDirectory())
}

/** Creates a folder; a file or link in its place is removed. */
export function makeRealFolder(root: string, folder: string): void {
  for (const part of foldersOf(folder)) {
    if (statOf(join(root, part))?.isDirectory()) continue
    rmSync(join(root, part), { force: true })
    mkdirSync(join(root, part))
  }
}

/** Each folder on the way to a path, and the path itself. */
export function foldersOf(folder: string): string[] {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
