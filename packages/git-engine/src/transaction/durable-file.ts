import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a new file and waits until the disk has it; short writes are continued.
 *
 * @param mode permissions; left to the umask where undefined
 */
export function writeDurably(path: string, bytes: Buffer, mode?: number): void {
  rmSync(path, { force: true })
  const descriptor = openSync(path, 'wx', 0o666)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    if (mode !== undefined) fchmodSync(descriptor, mode)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Moves a file over another: a reader sees the old one or the new one, after a power cut too. */
export function replaceDurably(from: string, to: string): void {
  renameSync(from, to)
  const descriptor = openSync(dirname(to), 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
