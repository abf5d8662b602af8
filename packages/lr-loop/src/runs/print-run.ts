import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import { describeEvent } from '../progress/describe-event.ts'
import { describeRun, describeState, nextOf } from './describe-run.ts'
import { findRun } from './find-run.ts'
import { followRun } from './follow-run.ts'
import { loadRun } from './load-run.ts'
import { stateOf } from './run-state.ts'

interface Options {
  readonly follow: boolean
  readonly attempt: number | undefined
  readonly json: boolean
}

/** Gives the exit code. */
export async function printRun(named: string | undefined, options: Options, io: Io): Promise<number> {
  const whole = findRun(named, io.cwd, io.env)
  const path = options.attempt === undefined ? whole : attemptFolder(whole, options.attempt)
  if (options.follow) {
    const { settings } = loadRun(path)
    await followRun(path, io.signal, async ({ event, attempt }) => {
      const line = describeEvent(event, settings.limits)
      const where = attempt === undefined ? '' : `attempt ${attempt}: `
      if (line !== undefined) await io.stdout.write(`${where}${line}\n`)
    })
  }
  const run = loadRun(path)
  const { settings, view, attempts, usage } = run
  const json = {
    run: path,
    state: stateOf(view),
    message: describeState(view),
    next: nextOf(run),
    settings,
    ...view,
    usage,
    attempts,
  }
  await io.stdout.write(options.json ? `${JSON.stringify(json)}\n` : describeRun(run))
  return ExitStatus.Yes
}
