import { childEnvironment, CommandError, ExitStatus, runProcess } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'

/**
 * What the user's own stop command says: it gets one JSON object a round on standard input, and ends the loop by printing a
 * reason. Nothing printed: go on.
 *
 * @throws CommandError (3) where it ends by 2 or more
 */
export async function askStopCommand({ io, settings, state, passOn }: LoopContext): Promise<string | undefined> {
  if (settings.stopCommand === undefined) return undefined
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
      args: ['-c', settings.stopCommand],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdin: history.map((round) => `${JSON.stringify(round)}\n`).join(''),
      stdout: (chunk) => void chunks.push(chunk),
      stderr: passOn,
    },
    io,
  )
  if (status > ExitStatus.No)
    throw new CommandError(ExitStatus.Failed, `the stop command ended with status ${status}: ${settings.stopCommand}`)
  const [reason = ''] = Buffer.concat(chunks).toString().trim().split('\n')
  return reason === '' ? undefined : reason
}
