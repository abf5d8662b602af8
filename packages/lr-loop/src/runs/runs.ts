import { defineCommand } from '@loop-runner/cli-kit'

export const runs = defineCommand({
  usage: '[options]',
  summary: 'List the runs of lr-loop, newest first.',
  options: {
    here: { type: 'flag', describe: 'only those begun in this folder', commandLineOnly: true },
    json: { type: 'flag', describe: 'one JSON object a line' },
  },
  details: `
A line each: its name, how it ended (or "at work", or "cut short"), replies, last
score, cost, and the folder it was begun in. Runs with a --run-dir of their own
are not among them.

Exit status: 0 there are some · 1 there are none · 2 used wrongly

  lr-loop runs --here --json | head -1
`,
  run: async (call, io) => (await import('./print-runs.ts')).printRuns(call.options, io),
})
