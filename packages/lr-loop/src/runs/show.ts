import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { describeEvent } from '../progress/describe-event.ts'
import { describeRun } from './describe-run.ts'
import { findRun } from './find-run.ts'
import { followJournal } from './follow-journal.ts'
import { loadRun, stateOf } from './load-run.ts'

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
    json: { type: 'flag', describe: 'one JSON object instead of a page' },
  },
  operands: { max: 1 },
  details: `
RUN is a name that lr-loop runs lists, or a folder; without it the newest run that
was begun in this folder is meant. For every reply the page tells what came of it,
what the check then said, tokens, cost, time and commit; then where the rest lies.

Exit status: 0 told · 2 used wrongly, no such run

  lr-loop show | head -3
`,
  async run({ options, operands: [named] }, io) {
    const path = findRun(named, io.cwd, io.env)
    if (options.follow) {
      const { settings } = loadRun(path)
      await followJournal(path, io.signal, async (event) => {
        const line = describeEvent(event, settings.limits)
        if (line !== undefined) await io.stdout.write(`${line}\n`)
      })
    }
    const run = loadRun(path)
    const { settings, view } = run
    const json = { run: path, state: stateOf(view), settings, ...view }
    await io.stdout.write(options.json ? `${JSON.stringify(json)}\n` : describeRun(run))
    return ExitStatus.Yes
  },
})
