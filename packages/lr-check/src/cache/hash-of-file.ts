import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A SHA-256 of a file's bytes, in hexadecimal; empty for one that is not there or cannot be read. */
export function hashOfFile(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return ''
  }
}
