import { accessSync, appendFileSync, closeSync, constants, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

/**
 * Adds text to a file, in one write; a new one can be read by its owner only. An empty text finds out whether that is possible,
 * before an answer is paid for.
 *
 * @throws CommandError (3) if it cannot be written
 */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text, { mode: 0o600 })
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}

/**
 * Finds out whether text can be added to a file, and makes none.
 *
 * @throws CommandError (3) if not
 */
export function requireAppendable(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_APPEND))
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
    requireFolder(path)
  }
}

function requireFolder(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
  }
}
