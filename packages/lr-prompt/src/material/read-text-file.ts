import { readFileSync } from 'node:fs'
import { decodeUtf8, reasonOf, UsageError } from '@loop-runner/cli-kit'

/**
 * A file as text, exactly.
 *
 * @param what names it in an error
 * @throws UsageError where it cannot be read, or is not UTF-8 text
 */
export function readTextFile(path: string, what: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new UsageError(`${what}: ${reasonOf(error)}`)
  }
  return decodeUtf8(bytes, what)
}
