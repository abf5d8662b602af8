import { type Io, runProcess } from '@loop-runner/cli-kit'

/** The answer of one of our programs. */
interface Answer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Starts one of our programs for its answer, with empty standard input. */
export function askProgram(program: string, args: readonly string[], io: Io): Promise<Answer> {
  const own = io.ownProgram(program)
  return askCommand({ file: own.file, args: [...own.args, ...args] }, io)
}

/** The same for any command. */
export async function askCommand(
  command: { readonly file: string; readonly args: readonly string[]; readonly timeoutMs?: number },
  io: Io,
): Promise<Answer> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const { status } = await runProcess(
    {
      ...command,
      cwd: io.cwd,
      env: io.env,
      stdout: (chunk) => stdout.push(Buffer.from(chunk)),
      stderr: (chunk) => stderr.push(Buffer.from(chunk)),
    },
    io,
  )
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString().trim() }
}
