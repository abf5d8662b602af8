import { childEnvironment, CommandError, runProcess } from '@loop-runner/cli-kit'
import { makeStopper, type Stopper } from '../attempts/stopper.ts'
import type { LoopContext } from '../loop-context.ts'
import { Interrupted } from '../stopping/interrupted.ts'

/** The variable by which a resumed run finds the servers of a loop that was killed. */
export const SERVER_MARK = 'LR_MODEL_SERVER_OF'
/** `docker stop` alone may take 10 s. */
const GRACE_MS = 15_000

/**
 * Starts a command of lr-llm that prints its address once it is ready and then serves. `state.stopServers` stop it, and so
 * does an interrupt.
 *
 * @returns the address
 * @throws CommandError with the exit code of the command if it ends before
 */
export async function startServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  context: LoopContext,
): Promise<string> {
  const { io, state } = context
  const stopper = makeStopper()
  const [address, ended] = runServer(args, env, context, stopper)
  const stop = async () => {
    await stopper.stop()
    await ended
  }
  const forget = io.onInterrupt(stop)
  state.stopServers.push(async () => {
    forget()
    await stop()
  })
  const found = await Promise.race([address, ended])
  if (io.signal.aborted) throw new Interrupted()
  if (typeof found !== 'string') throw found
  return found
}

/** The address, once the server is ready; and how it ended. */
function runServer(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  { io, folder, isQuiet, passOn }: LoopContext,
  stopper: Stopper,
): [address: Promise<string>, ended: Promise<CommandError>] {
  const { file, args } = io.ownProgram('lr-llm')
  let said = ''
  let take: (chunk: Buffer) => void = () => {}
  const address = new Promise<string>((resolve) => {
    let printed = ''
    take = (chunk) => {
      printed += chunk.toString()
      if (printed.includes('\n')) resolve(printed.trim())
    }
  })
  const request = {
    file,
    args: [...args, ...command],
    cwd: io.cwd,
    env: { ...childEnvironment(io.env), ...(isQuiet ? { LR_QUIET: '1' } : {}), ...env, [SERVER_MARK]: folder.path },
    stdout: (chunk: Buffer) => take(chunk),
    stderr: (chunk: Buffer) => {
      said = chunk.toString()
      passOn(chunk)
    },
    graceMs: GRACE_MS,
  }
  const ended = runProcess(request, stopper).then(({ status }) => {
    const last = said
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^lr-llm: /, '')
    return new CommandError(status, `lr-llm ${command[0]}: ${last || `ended with exit code ${status}`}`)
  })
  return [address, ended]
}
