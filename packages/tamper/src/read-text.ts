import { lstatSync, readFileSync } from 'node:fs'

/** More than anybody writes by hand. */
const MOST_BYTES = 1 << 20

/**
 * The content of a file, one character per byte; empty if it is not a regular file, is larger than 1 MiB, or is
 * unreadable.
 */
export function readText(path: string): string {
  try {
    const status = lstatSync(path)
    return status.isFile() && status.size <= MOST_BYTES ? readFileSync(path, 'latin1') : ''
  } catch {
    return ''
  }
}
