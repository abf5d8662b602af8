import { lstatSync, readFileSync } from 'node:fs'

/** More than anybody writes by hand. */
const MOST_BYTES = 1 << 20

/** What a file holds, byte by character; nothing where it is no regular file, is larger than 1 MiB, or cannot be read. */
export function readText(path: string): string {
  try {
    const status = lstatSync(path)
    return status.isFile() && status.size <= MOST_BYTES ? readFileSync(path, 'latin1') : ''
  } catch {
    return ''
  }
}
