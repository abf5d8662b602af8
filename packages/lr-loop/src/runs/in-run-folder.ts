import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

/**
 * Does something with a file of a run's folder.
 *
 * @throws CommandError (3) naming the file, where the system refuses it: the disk is full, say
 */
export function inRunFolder<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `${file}: ${reasonOf(error)}`)
  }
}
