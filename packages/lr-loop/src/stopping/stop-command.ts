import { childEnvironment, CommandError, ExitStatus, runProcess } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { viewRun } from '../runs/run-view.ts'

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

/** More than any reason; a command that prints without end is broken. */
const MOST_OUTPUT_BYTES = 1 << 20

async function askStopCommand(command: string, context: LoopContext): Promise<string | undefined> {
  const { io, passOn } = context
  const chunks: Buffer[] = []
  const { status, flooded } = await runProcess(
    {
      file: 'sh',
      args: ['-c', command],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdin: historyOf(context)
        .map((round) => `${JSON.stringify(round)}\n`)
        .join(''),
      stdout: (chunk) => void chunks.push(chunk),
      maxStdoutBytes: MOST_OUTPUT_BYTES,
      stderr: passOn,
    },
    io,
  )
  if (flooded)
    throw new CommandError(
      ExitStatus.Failed,
      `the stop command printed more than ${MOST_OUTPUT_BYTES} bytes: ${command} (it must print one line or nothing)`,
    )
  if (status > ExitStatus.No)
    throw new CommandError(ExitStatus.Failed, `the stop command ended with exit code ${status}: ${command}`)
  const [reason = ''] = Buffer.concat(chunks).toString().trim().split('\n')
  return reason === '' ? undefined : reason
}

/** The rounds as lr-stop reads them. */
function historyOf({ state, folder }: LoopContext) {
  const views = viewRun(folder.journal.events).rounds
  return state.rounds.map(({ passed, score, reply, tree, failure }, iteration) => {
    const view = views.find((round) => round.iteration === iteration)
    return {
      iteration,
      score,
      passed,
      reply: reply?.kind ?? null,
      declared: reply?.declared ?? false,
      tree,
      failure,
      seconds: view?.seconds,
      tokens: view?.reply?.tokens,
      cost: view?.reply?.cost,
    }
  })
}
