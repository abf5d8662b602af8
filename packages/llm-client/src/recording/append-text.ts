import { appendFileSync } from 'node:fs'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

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
