import { CommandError, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'
import { gitEnvironment } from '../stages/run-stage.ts'

/**
 * Runs our lr-git in the working directory.
 *
 * @param say gets each line that it tells people
 * @throws CommandError with its status and its words where it ends by 2 or more
 */
export async function callGit(
  args: readonly string[],
  { io, say }: { readonly io: Io; readonly say: (line: string) => void },
  interrupts: Pick<Io, 'onInterrupt'>,
): Promise<void> {
  const chunks: Buffer[] = []
  const program = io.ownProgram('lr-git')
  const request = {
    file: program.file,
    args: [...program.args, ...args],
    cwd: io.cwd,
    env: gitEnvironment(io.env),
    stdout: () => {},
    stderr: (chunk: Buffer) => void chunks.push(chunk),
  }
  const { status } = await runProcess(request, interrupts)
  const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean)
  const words = lines.map((line) => line.replace(/^lr-git: /, ''))
  if (status > ExitStatus.No) {
    throw new CommandError(status, words.at(-1) ?? `lr-git ${args[0]} ended with exit code ${status}`)
  }
  words.forEach(say)
}
