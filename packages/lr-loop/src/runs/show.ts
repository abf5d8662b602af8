import { defineCommand } from '@loop-runner/cli-kit'
import { suggestRuns } from '../suggestions.ts'

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
  operands: { max: 1, complete: suggestRuns },
  details: `
RUN is a name that lr-loop runs lists, or a folder; without it the newest run that
was begun in this folder is meant. For every reply the page tells what came of it,
what the check then said, tokens, cost, time and commit; of a run with attempts
what came of each and which one was kept; then where the rest lies.

Exit status: 0 told · 2 used wrongly, no such run

  lr-loop show | head -3
`,
  run: async ({ options, operands }, io) => (await import('./print-run.ts')).printRun(operands[0], options, io),
})
