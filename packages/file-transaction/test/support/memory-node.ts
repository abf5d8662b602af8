import type { Status } from '../../src/file-system.ts'
import type { Entries } from './simulated-disk.ts'

/** A file or folder in memory. */
export interface Node {
  readonly kind: 'file' | 'folder' | 'link'
  bytes: Buffer
  mode: number
  writtenNs: bigint
  readonly entries: Entries
}

export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export function makeNode(kind: Node['kind'], mode: number): Node {
  return { kind, mode, bytes: Buffer.alloc(0), writtenNs: 0n, entries: new Map() }
}

export function toStatus({ kind, mode, bytes, writtenNs }: Node): Status {
  return { kind, mode, size: bytes.length, writtenNs, names: 1 }
}
