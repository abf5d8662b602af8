import { childEnvironment, CommandError, ExitStatus, runProcess } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'

/**
 * The reason that the first stop command to print one gives. Each gets one JSON object per round on standard input; a
 * command that prints nothing lets the loop continue.
 *
 * @throws CommandError (3) if one ends with 2 or more
 */
export async function askStopCommands(context: LoopContext): Promise<string | undefined> {
  for (const command of context.settings.stopCommands) {
    const reason = await askStopCommand(command, context)
    if (reason !== undefined) return reason
  }
  return undefined
}

async function askStopCommand(command: string, { io, state, passOn }: LoopContext): Promise<string | undefined> {
  const chunks: Buffer[] = []
  const history = state.rounds.map(({ passed, score, reply, tree }, iteration) => ({
    iteration,
    score,
    passed,
    reply: reply?.kind ?? null,
    declared: reply?.declared ?? false,
    tree,
  }))
  const { status } = await runProcess(
    {
      file: 'sh',
      args: ['-c', command],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdin: history.map((round) => `${JSON.stringify(round)}\n`).join(''),
      stdout: (chunk) => void chunks.push(chunk),
      stderr: passOn,
    },
    io,
  )
  if (status > ExitStatus.No)
    throw new CommandError(ExitStatus.Failed, `the stop command ended with exit code ${status}: ${command}`)
  const [reason = ''] = Buffer.concat(chunks).toString().trim().split('\n')
  return reason === '' ? undefined : reason
}
