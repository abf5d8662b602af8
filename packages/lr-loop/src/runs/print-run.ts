import { ExitStatus, type Io, paint } from '@loop-runner/cli-kit'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import { describeEvent } from '../progress/describe-event.ts'
import { verdictStyle } from '../progress/verdict-style.ts'
import { describeRun } from './describe-run.ts'
import { findRun } from './find-run.ts'
import { followRun } from './follow-run.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { dataOf } from './run-data.ts'
import { type Parts, partsAsked } from './parts.ts'

interface Options extends Parts {
  readonly follow: boolean
  readonly attempt: number | undefined
  readonly json: boolean
}

/** Gives the exit code. */
export async function printRun(named: string | undefined, options: Options, io: Io): Promise<number> {
  const whole = findRun(named, io.cwd, io.env)
  const path = options.attempt === undefined ? whole : attemptFolder(whole, options.attempt)
  if (partsAsked(options).length > 0) {
    const { printPart } = await import('./print-part.ts')
    await printPart(path, options, io)
    return ExitStatus.Yes
  }
  if (options.follow) {
    const { settings } = loadRun(path)
    await followRun(path, io.signal, async ({ event, attempt }) => {
      const line = describeEvent(event, settings)
      const where = attempt === undefined ? '' : `attempt ${attempt}: `
      if (line !== undefined) await io.stdout.write(`${where}${line}\n`)
    })
  }
  const run = loadRun(path)
  await io.stdout.write(options.json ? `${JSON.stringify(dataOf(run))}\n` : describeRun(run, paintState(run, io)))
  return ExitStatus.Yes
}

/** A run that has not ended has no colour. */
function paintState({ view: { end } }: LoadedRun, { stdout, env }: Io): (text: string) => string {
  if (end === undefined) return (text) => text
  return (text) => paint(verdictStyle(end.status === ExitStatus.Yes), text, stdout, env)
}
