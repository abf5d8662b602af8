import { type BigIntStats, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A file before the check: its content, and its metadata. */
export interface HeldFile {
  readonly path: string
  /** Undefined if it is too large to be kept. */
  readonly bytes: Buffer | undefined
  /** Where a symbolic link leads. */
  readonly target: string | undefined
  readonly mode: number
  readonly mark: string
}

/** One file of this size is kept, and all together of the second size. */
const MOST_BYTES = 4 << 20
const MOST_BYTES_IN_ALL = 256 << 20

/** @param paths relative to `cwd`; entries that are neither files nor links are omitted */
export function holdFiles(paths: Iterable<string>, cwd: string): Map<string, HeldFile> {
  const held = new Map<string, HeldFile>()
  let size = 0
  for (const path of paths) {
    const status = statusOf(path, cwd)
    if (!status || (!status.isFile() && !status.isSymbolicLink())) continue
    const isKept = status.isFile() && status.size <= MOST_BYTES && size + Number(status.size) <= MOST_BYTES_IN_ALL
    const bytes = isKept ? readOrNothing(join(cwd, path)) : undefined
    size += bytes?.length ?? 0
    const target = status.isSymbolicLink() ? readlinkSync(join(cwd, path)) : undefined
    held.set(path, { path, bytes, target, mode: Number(status.mode & 0o7777n), mark: markOf(status) })
  }
  return held
}

/** The change of a held file; undefined if it is unchanged. */
export function changeOf({ path, bytes, target, mark }: HeldFile, cwd: string): 'changed' | 'touched' | undefined {
  const status = statusOf(path, cwd)
  if (!status) return 'changed'
  if (markOf(status) === mark) return undefined
  if (target !== undefined)
    return status.isSymbolicLink() && readlinkSync(join(cwd, path)) === target ? 'touched' : 'changed'
  if (!status.isFile() || !bytes) return 'changed'
  return readOrNothing(join(cwd, path))?.equals(bytes) ? 'touched' : 'changed'
}

/** A program cannot set the change time: it shows that a file was rewritten and restored. */
function markOf({ ino, ctimeNs, size, mode }: BigIntStats): string {
  return [ino, ctimeNs, size, mode].join(' ')
}

function statusOf(path: string, cwd: string): BigIntStats | undefined {
  try {
    return lstatSync(join(cwd, path), { bigint: true })
  } catch {
    return undefined
  }
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
