import { closeSync, constants, openSync } from 'node:fs'
import { CommandError, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'

/**
 * A descriptor of a pipe whose reader is gone.
 *
 * @param path where its name may lie
 * @throws CommandError (3) where no pipe can be made
 */
export async function openUnread(path: string, io: Io): Promise<number> {
  const ignore = () => {}
  const request = { file: 'mkfifo', args: [path], cwd: '/', env: io.env, stdout: ignore, stderr: ignore }
  const { status } = await runProcess(request, io)
  if (status !== 0) throw new CommandError(ExitStatus.Failed, `${path}: mkfifo ended with exit code ${status}`)
  // A writer can only be opened while there is a reader; once it is open, the reader may go.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(path, constants.O_WRONLY)
  closeSync(reader)
  return writer
}
