import { readFileSync } from 'node:fs'
import { CommandError, errorCode, reasonOf } from './command-error.ts'
import { ExitStatus } from './exit-status.ts'

/**
 * The text of a file; undefined if there is no such file.
 *
 * @param name what messages call it
 * @throws CommandError (3) if it is there and cannot be read
 */
export function readTextIfThere(path: string, name = path): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new CommandError(ExitStatus.Failed, `${name}: ${reasonOf(error)}`, { cause: error })
  }
}
