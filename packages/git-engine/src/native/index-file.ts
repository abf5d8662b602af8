import { createHash } from 'node:crypto'
import type { FileEntry, IndexEntry, PathChange } from '../repository/engine.ts'

/** An entry of the index with what git noted of the file when it last looked. */
export interface StatEntry extends IndexEntry {
  readonly mtimeSeconds: number
  readonly mtimeNanoseconds: number
  readonly size: number
  /** Not to be looked at in the working tree: skip-worktree, assume-unchanged. */
  readonly skipped: boolean
  /** `git add -N`: in the index by name only. */
  readonly intended: boolean
}

/** An index of a kind that we do not read. Its message says which, and is part of a sentence. */
export class IndexError extends Error {
  override readonly name = 'IndexError'
}

const HEADER_BYTES = 12
const HASH_BYTES = 20
/** From an entry's start to its flags. */
const FLAGS_AT = 60
const EXTENDED = 0x4000
const FIXED_BYTES = 62
/** Extensions that change what the entries mean. */
const MANDATORY: Readonly<Record<string, string>> = { link: 'a split index', sdir: 'a sparse index' }

/** What the entries of an index lie between. */
interface Range {
  readonly start: number
  readonly end: number
}

/** @throws IndexError for a damaged index, and for one of a version or with an extension that we do not read */
export function parseIndex(bytes: Buffer): StatEntry[] {
  extensions(bytes)
  return [...entryRanges(bytes)].map((range) => parseEntry(bytes, range))
}

/** The hash of the whole tree where the index knows it to be that of its entries: what `git status` need not compare. */
export function cachedTree(bytes: Buffer): string | undefined {
  for (const { name, start, end } of extensions(bytes)) {
    if (name !== 'TREE') continue
    const text = bytes.toString('latin1', start, end)
    const [, count = '-1'] = /^\0(-?\d+) \d+\n/.exec(text) ?? []
    const at = start + text.indexOf('\n') + 1
    return Number(count) < 0 ? undefined : bytes.toString('hex', at, at + HASH_BYTES)
  }
  return undefined
}

/**
 * The index with these changes. New entries carry no stat data, so that git looks at their files itself; extensions
 * that would be wrong now (the cached trees first of all) are left out; git makes them again.
 *
 * @throws IndexError as parseIndex
 */
export function changeIndex(bytes: Buffer | undefined, changes: readonly PathChange[]): Buffer {
  const before = bytes ?? sealIndex(2, [], 0)
  const wanted = [...new Map(changes.map((change) => [change.path, change])).values()]
    .map((change) => ({ key: Buffer.from(change.path), change }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
  const pieces: Buffer[] = []
  let count = 0
  let kept = HEADER_BYTES
  let next = 0
  const keepUpTo = (start: number, end = start) => {
    pieces.push(before.subarray(kept, start))
    kept = end
  }
  const putNext = () => {
    const { entry, path } = wanted[next++]?.change ?? { path: '', entry: undefined }
    if (!entry) return
    pieces.push(writeEntry(path, entry))
    count++
  }
  for (const { start, end } of entryRanges(before)) {
    const path = pathBytes(before, start)
    while (next < wanted.length && Buffer.compare(wanted[next]?.key ?? path, path) < 0) {
      keepUpTo(start)
      putNext()
    }
    // All stages of a path go; what replaces them is put when the path is passed.
    if (wanted[next]?.key.equals(path)) keepUpTo(start, end)
    else count++
  }
  keepUpTo(endOfEntries(before))
  while (next < wanted.length) putNext()
  const undo = extensions(before).filter(({ name }) => name === 'REUC')
  pieces.push(...undo.map(({ start, end }) => before.subarray(start - 8, end)))
  return sealIndex(before.readUInt32BE(4), pieces, count)
}

/** Header, pieces and checksum. */
function sealIndex(version: number, pieces: readonly Buffer[], count: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('DIRC', 'latin1')
  header.writeUInt32BE(version, 4)
  header.writeUInt32BE(count, 8)
  const body = Buffer.concat([header, ...pieces])
  return Buffer.concat([body, createHash('sha1').update(body).digest()])
}

function writeEntry(path: string, { mode, hash }: FileEntry): Buffer {
  const name = Buffer.from(path)
  const entry = Buffer.alloc(padded(FIXED_BYTES + name.length))
  entry.writeUInt32BE(Number.parseInt(mode, 8), 24)
  entry.write(hash, 40, 'hex')
  entry.writeUInt16BE(Math.min(name.length, 0xfff), FLAGS_AT)
  name.copy(entry, FIXED_BYTES)
  return entry
}

/** Entries are followed by 1 to 8 NULs, up to a multiple of 8. */
function padded(length: number): number {
  return (length + 8) & ~7
}

function parseEntry(bytes: Buffer, { start }: Range): StatEntry {
  const flags = bytes.readUInt16BE(start + FLAGS_AT)
  const more = (flags & EXTENDED) === 0 ? 0 : bytes.readUInt16BE(start + FIXED_BYTES)
  return {
    path: pathBytes(bytes, start).toString(),
    mode: bytes.readUInt32BE(start + 24).toString(8),
    hash: bytes.toString('hex', start + 40, start + FLAGS_AT),
    stage: (flags >> 12) & 3,
    mtimeSeconds: bytes.readUInt32BE(start + 8),
    mtimeNanoseconds: bytes.readUInt32BE(start + 12),
    size: bytes.readUInt32BE(start + 36),
    skipped: (flags & 0x8000) !== 0 || (more & 0x4000) !== 0,
    intended: (more & 0x2000) !== 0,
  }
}

function pathBytes(bytes: Buffer, start: number): Buffer {
  const from = start + FIXED_BYTES + ((bytes.readUInt16BE(start + FLAGS_AT) & EXTENDED) === 0 ? 0 : 2)
  const length = bytes.readUInt16BE(start + FLAGS_AT) & 0xfff
  return bytes.subarray(from, length < 0xfff ? from + length : bytes.indexOf(0, from))
}

function* entryRanges(bytes: Buffer): Generator<Range> {
  const count = checkHeader(bytes)
  let start = HEADER_BYTES
  for (let index = 0; index < count; index++) {
    if (start + FIXED_BYTES > bytes.length - HASH_BYTES) throw new IndexError('a damaged index')
    const path = pathBytes(bytes, start)
    if (path.length === 0) throw new IndexError('a split index')
    if (bytes.readUInt32BE(start + 24) === 0o40000) throw new IndexError('a sparse index')
    const end = start + padded(path.byteOffset - bytes.byteOffset - start + path.length)
    yield { start, end }
    start = end
  }
}

function checkHeader(bytes: Buffer): number {
  if (bytes.length < HEADER_BYTES + HASH_BYTES || bytes.toString('latin1', 0, 4) !== 'DIRC') {
    throw new IndexError('a damaged index')
  }
  const version = bytes.readUInt32BE(4)
  if (version !== 2 && version !== 3) throw new IndexError(`an index of version ${version}`)
  return bytes.readUInt32BE(8)
}

function endOfEntries(bytes: Buffer): number {
  let end = HEADER_BYTES
  for (const range of entryRanges(bytes)) end = range.end
  return end
}

/** The extensions, by name, with where their contents lie. One in lower case must be understood, and we do none. */
function extensions(bytes: Buffer): (Range & { readonly name: string })[] {
  const found: (Range & { name: string })[] = []
  for (let at = endOfEntries(bytes); at + 8 <= bytes.length - HASH_BYTES;) {
    const name = bytes.toString('latin1', at, at + 4)
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    if (!/^[A-Z]/.test(name)) throw new IndexError(MANDATORY[name] ?? `an index with the extension "${name}"`)
    found.push({ name, start: at + 8, end })
    at = end
  }
  return found
}
