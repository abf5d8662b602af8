import { defineCommand } from '@loop-runner/cli-kit'
import { suggestRuns } from '../suggestions.ts'

export const show = defineCommand({
  usage: '[options] [RUN]',
  summary: 'Describe a run on a page of text.',
  options: {
    follow: {
      type: 'flag',
      alias: 'f',
      commandLineOnly: true,
      describe: 'while the run is at work, print one line per step, then the page',
    },
    attempt: {
      type: 'integer',
      min: 1,
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'show only the attempt with this number',
    },
    prompt: {
      type: 'integer',
      min: 1,
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'print the prompt of iteration N',
    },
    reply: {
      type: 'integer',
      min: 1,
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'print the reply of iteration N as the model sent it',
    },
    check: {
      type: 'integer',
      min: 0,
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'print the output of the check of iteration N; 0 is the check before the first reply',
    },
    diff: {
      type: 'text',
      bare: 'run',
      placeholder: 'N',
      commandLineOnly: true,
      describe: 'print the changes of the run, or of reply N, as a patch for git apply',
    },
    tests: { type: 'flag', commandLineOnly: true, describe: 'print a table of the tests that fail after each reply' },
    compare: {
      type: 'text',
      placeholder: 'RUN2',
      commandLineOnly: true,
      describe: 'print the differences to RUN2: settings, figures, tests and final files',
      complete: suggestRuns,
    },
    json: { type: 'flag', describe: 'print one JSON object instead of the page' },
  },
  operands: { max: 1, complete: suggestRuns },
  details: `
RUN is a name that lr-loop runs lists, a unique part of one, or a folder
(default: the newest run started in this folder). For each reply, the page has
its result, the result of the check, tokens, cost, time, commit and the model's
explanation; for a run with attempts, the result of each and which one was kept.

lr-view prints the page as HTML.

Exit codes: 0 shown · 2 invalid usage, no such run or iteration

  lr-loop show | head -3
  lr-loop show --diff | git apply -R
`,
  run: async ({ options, operands }, io) => (await import('./print-run.ts')).printRun(operands[0], options, io),
})
