import { childEnvironment, CommandError, runProcess, stopMarked } from '@loop-runner/cli-kit'
import { makeStopper, type Stopper } from '../attempts/stopper.ts'
import type { LoopContext } from '../loop-context.ts'
import { Interrupted } from '../stopping/interrupted.ts'

/** The variable by which a resumed run finds the server of a loop that was killed. */
const MARK = 'LR_LOCAL_SERVER_OF'
/** `docker stop` alone may take 10 s. */
const GRACE_MS = 15_000

/**
 * With --local: starts the server of the model once for the whole run, attempts included. Requests find it by
 * OLLAMA_HOST. `state.stopLocal` stops what was started, and so does an interrupt.
 *
 * @throws CommandError with the exit code of `lr-llm local` if there is no server
 */
export async function startLocal(context: LoopContext): Promise<void> {
  const { io, folder, settings, state, llmEnvironment } = context
  const { stages, replaced, parent } = settings
  if (!stages.local || replaced.llm !== undefined || parent !== undefined) return
  if (context.isResumed) await stopMarked(MARK, folder.path)
  const stopper = makeStopper()
  const [address, ended] = runServer(context, stopper)
  const stop = async () => {
    await stopper.stop()
    await ended
  }
  const forget = io.onInterrupt(stop)
  state.stopLocal = async () => {
    forget()
    await stop()
  }
  const found = await Promise.race([address, ended])
  if (io.signal.aborted) throw new Interrupted()
  if (typeof found !== 'string') throw found
  llmEnvironment['OLLAMA_HOST'] = found
}

/** The address, once the model is ready; and how the server ended. */
function runServer(context: LoopContext, stopper: Stopper): [address: Promise<string>, ended: Promise<CommandError>] {
  const { io, settings } = context
  const { model } = settings.stages
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
    args: [...args, 'local', ...(model === undefined ? [] : [`--model=${model}`])],
    cwd: io.cwd,
    env: environment(context),
    stdout: (chunk: Buffer) => take(chunk),
    stderr: (chunk: Buffer) => {
      said = chunk.toString()
      context.passOn(chunk)
    },
    graceMs: GRACE_MS,
  }
  const ended = runProcess(request, stopper).then(({ status }) => {
    const last = said
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^lr-llm: /, '')
    return new CommandError(status, `lr-llm local: ${last || `ended with exit code ${status}`}`)
  })
  return [address, ended]
}

function environment({ io, folder, settings, isQuiet }: LoopContext): NodeJS.ProcessEnv {
  const { file, profile } = settings.configuration
  return {
    ...childEnvironment(io.env),
    ...(isQuiet ? { LR_QUIET: '1' } : {}),
    ...(file === undefined ? {} : { LR_CONFIG: file }),
    ...(profile === undefined ? {} : { LR_PROFILE: profile }),
    [MARK]: folder.path,
  }
}
