import { readFileSync } from 'node:fs'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'

/** The text of a file named by an option. @throws UsageError if it cannot be read */
export function readTextFile(path: string): string {
  return readBytes(path).toString('utf8')
}

/** The same, as bytes. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}
