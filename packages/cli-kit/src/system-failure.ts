import { CommandError, errorCode, reasonOf } from './command-error.ts'
import { ExitStatus } from './exit-status.ts'

/** What any call of the system may lack, and what helps. */
const REMEDIES: Readonly<Record<string, string>> = {
  EDQUOT: 'make room, and try again',
  EFBIG: 'raise the limit, see ulimit -f',
  EIO: 'look at the disk',
  EMFILE: 'raise the limit, see ulimit -n',
  ENFILE: 'end other programs',
  ENOMEM: 'end other programs',
  ENOSPC: 'make room, and try again',
  EROFS: 'make it writable',
}

/** A failure of the machine, such as a full disk, as one that the user can act on; other errors as they are. */
export function asFailure(error: unknown): unknown {
  const remedy = error instanceof CommandError ? undefined : REMEDIES[errorCode(error) ?? '']
  if (remedy === undefined) return error
  const { path = 'disk', dest = path } = error as NodeJS.ErrnoException & { dest?: string }
  return new CommandError(ExitStatus.Failed, `${dest}: ${reasonOf(error)} (${remedy})`, { cause: error })
}
