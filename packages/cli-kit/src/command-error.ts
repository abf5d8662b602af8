import { ExitStatus } from './exit-status.ts'

/** A failure that the user can act on: its message is printed as one line, without a stack. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly status: number

  /** @param message `place: what is wrong (what to do)`, without the program's name */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

/** Invalid usage or input: exit code 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'

  constructor(message: string, options?: ErrorOptions) {
    super(ExitStatus.Usage, message, options)
  }
}

/** The reader of our output is gone: ends the program without a word. */
export class BrokenPipe extends CommandError {
  override readonly name = 'BrokenPipe'

  constructor() {
    super(128 + 13, 'the reader of standard output is gone')
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'this port is taken',
  EADDRNOTAVAIL: 'this machine has no such address',
  EDQUOT: 'disk quota exceeded',
  EEXIST: 'exists already',
  EFBIG: 'file too large',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'name too long',
  ENFILE: 'too many open files on this machine',
  ENOENT: 'no such file or directory',
  ENOMEM: 'out of memory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
}

/** What went wrong in a call of the operating system, in words; other errors by their message. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error)
  if (code !== undefined && SYSTEM_ERRORS[code] !== undefined) return SYSTEM_ERRORS[code]
  return error instanceof Error ? error.message : String(error)
}

/** The `code` of a system error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
