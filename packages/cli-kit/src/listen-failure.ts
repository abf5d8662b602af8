import { CommandError, errorCode, reasonOf } from './command-error.ts'
import { ExitStatus } from './exit-status.ts'

/** Why a service cannot listen at an address that options name. */
export function listenFailure({ host, port }: { host: string; port: number }, error: unknown): CommandError {
  const isPort = ['EADDRINUSE', 'EACCES'].includes(errorCode(error) ?? '')
  const remedy = isPort ? 'choose another --port, or 0 for any free one' : 'choose another --host'
  return new CommandError(ExitStatus.Failed, `${host}:${port}: ${reasonOf(error)} (${remedy})`)
}
