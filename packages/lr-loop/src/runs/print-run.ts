import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExitStatus, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
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
  /** The iteration whose prompt, or reply, is printed. */
  readonly prompt: number | undefined
  readonly reply: number | undefined
}

/** Gives the exit code. */
export async function printRun(named: string | undefined, options: Options, io: Io): Promise<number> {
  const whole = findRun(named, io.cwd, io.env)
  const path = options.attempt === undefined ? whole : attemptFolder(whole, options.attempt)
  const { prompt, reply } = options
  if (prompt !== undefined) return printOutput(path, prompt, 'prompt', io)
  if (reply !== undefined) return printOutput(path, reply, 'llm', io)
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

/** @throws UsageError if the stage did not run in this iteration */
async function printOutput(path: string, iteration: number, stage: string, io: Io): Promise<number> {
  const { view } = loadRun(path)
  const file = join(path, String(iteration), `${stage}.out`)
  await io.stdout.write(readOutput(file, `${path}: iteration ${iteration} of ${view.replies}`))
  return ExitStatus.Yes
}

function readOutput(file: string, what: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`${what}: ${reasonOf(error)} (${file})`)
  }
}
