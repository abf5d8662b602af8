import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

/** What helps against a failure of the system. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'let lr-git write there',
  EPERM: 'let lr-git write there',
  EROFS: 'let lr-git write there',
  EDQUOT: 'make room, and try again',
  ENOSPC: 'make room, and try again',
}

/**
 * A failure of the system, such as a full disk, as one that the user can act on; other errors as they are.
 *
 * @param after what is to be said besides, after the remedy
 */
export function explainFailure(error: unknown, after = ''): unknown {
  const code = errorCode(error)
  if (error instanceof CommandError || code?.startsWith('E') !== true) return error
  const { path = 'repository', dest = path } = error as NodeJS.ErrnoException & { dest?: string }
  const remedy = REMEDIES[code] ?? 'try again'
  return new CommandError(ExitStatus.Failed, `${dest}: ${reasonOf(error)} (${remedy}${after})`, { cause: error })
}
