import { defineCommand } from '@loop-runner/cli-kit'

export const runs = defineCommand({
  usage: '[options]',
  summary: 'List the runs of lr-loop, newest first.',
  options: {
    here: { type: 'flag', describe: 'list only runs started in this folder', commandLineOnly: true },
    by: {
      type: 'list',
      placeholder: 'KEY,…',
      describe: 'group the runs by label, model, check or cwd: passed, replies, scores',
      commandLineOnly: true,
    },
    json: { type: 'flag', describe: 'print one JSON object per line' },
  },
  details: `
Prints one line per run: name, result (or "at work", or "cut short"), replies,
last score, cost, and the folder in which it was started. Runs with a --run-dir
are not listed. --by prints one line per group instead: runs, passed, replies
(mean, and p90: 90 % of the runs needed no more), the number of runs that had
passed after 0, 1, 2 … replies (to choose -i), and the mean score after each
reply.

Exit codes: 0 runs were found · 1 no runs · 2 invalid usage

  lr-loop runs --here --json | head -1
`,
  run: async (call, io) => (await import('./print-runs.ts')).printRuns(call.options, io),
})
