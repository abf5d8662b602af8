import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import { describeEvent } from '../progress/describe-event.ts'
import { describeRun } from './describe-run.ts'
import { findRun } from './find-run.ts'
import { followRun } from './follow-run.ts'
import { loadRun } from './load-run.ts'
import { stateOf } from './run-state.ts'

export const show = defineCommand({
  usage: '[options] [RUN]',
  summary: 'Tell what happened in a run, in a page of text.',
  options: {
    follow: {
      type: 'flag',
      alias: 'f',
      commandLineOnly: true,
      describe: 'while it is at work: a line a step, then the page',
    },
    attempt: {
      type: 'integer',
      min: 1,
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'only what the attempt with this number did',
    },
    json: { type: 'flag', describe: 'one JSON object instead of a page' },
  },
  operands: { max: 1 },
  details: `
RUN is a name that lr-loop runs lists, or a folder; without it the newest run that
was begun in this folder is meant. For every reply the page tells what came of it,
what the check then said, tokens, cost, time and commit; of a run with attempts
what came of each and which one was kept; then where the rest lies.

Exit status: 0 told · 2 used wrongly, no such run

  lr-loop show | head -3
`,
  async run({ options, operands: [named] }, io) {
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
    const json = { run: path, state: stateOf(view), settings, ...view, usage, attempts }
    await io.stdout.write(options.json ? `${JSON.stringify(json)}\n` : describeRun(run))
    return ExitStatus.Yes
  },
})
