import type { OptionTable, Values } from '@loop-runner/cli-kit'

/** The limits stand on the command line: a loop that a file or a variable ends differently is hard to understand. */
export const OPTIONS = {
  iterations: { ...count('N', 'stop after N rounds'), alias: 'i' },
  'min-iterations': count('N', 'ignore a pass before N rounds'),
  patience: count('N', 'stop after N rounds in a row whose "reply" changed nothing (default: 2)'),
  threshold: { ...share('SCORE', 'treat a score of at least SCORE as a pass, even if "passed" is false'), max: 1 },
  plateau: share('DELTA', 'stop when the score changed by less than DELTA twice in a row'),
  repeat: { type: 'flag', describe: 'stop when a "tree" or an "output" occurs again', commandLineOnly: true },
  'max-time': {
    type: 'duration',
    otherNames: ['timeout'],
    placeholder: 'TIME',
    describe: 'stop when the "seconds" of all rounds reach TIME',
    commandLineOnly: true,
  },
  'max-total-tokens': { ...count('N', 'stop when the "tokens" of all rounds reach N'), otherNames: ['max-tokens'] },
  'max-cost': share('USD', 'stop when the "cost" of all rounds reaches USD'),
  learn: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'stop when runs in FILE (lr-loop runs --json) that were like this one hardly ever passed',
    commandLineOnly: true,
  },
  json: { type: 'flag', describe: 'print one JSON object: stop, reason, best, scores', commandLineOnly: true },
} as const satisfies OptionTable

export type Options = Values<typeof OPTIONS>

function count(placeholder: string, describe: string) {
  return { type: 'integer', min: 1, placeholder, describe, commandLineOnly: true } as const
}

function share(placeholder: string, describe: string) {
  return { type: 'number', min: 0, placeholder, describe, commandLineOnly: true } as const
}
