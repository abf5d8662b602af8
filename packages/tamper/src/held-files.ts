import { type BigIntStats, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A file as it was before the check: its content, and what the system notes of it. */
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

/** @param paths relative to `cwd`; what is neither a file nor a link is left out */
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

/** What has become of a held file: undefined if nothing has touched it. */
export function changeOf({ path, bytes, target, mark }: HeldFile, cwd: string): 'changed' | 'touched' | undefined {
  const status = statusOf(path, cwd)
  if (!status) return 'changed'
  if (markOf(status) === mark) return undefined
  if (target !== undefined)
    return status.isSymbolicLink() && readlinkSync(join(cwd, path)) === target ? 'touched' : 'changed'
  if (!status.isFile() || !bytes) return 'changed'
  return readOrNothing(join(cwd, path))?.equals(bytes) ? 'touched' : 'changed'
}

/** The change time cannot be set by a program: what was rewritten and put back shows in it. */
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
