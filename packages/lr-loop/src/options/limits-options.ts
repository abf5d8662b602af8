import type { OptionTable } from '@loop-runner/cli-kit'

export const LIMITS_OPTIONS = {
  iterations: {
    type: 'integer',
    alias: 'i',
    default: 100,
    min: 1,
    placeholder: 'N',
    describe: 'send at most N requests',
  },
  'min-iterations': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: 'run at least N iterations',
  },
  patience: {
    type: 'integer',
    min: 1,
    default: 2,
    placeholder: 'N',
    describe: 'stop after N replies in a row without a change; the next prompt reports each',
  },
  'max-time': {
    type: 'duration',
    otherNames: ['timeout'],
    placeholder: 'TIME',
    describe: 'send no request after this time',
  },
  deadline: {
    type: 'duration',
    placeholder: 'TIME',
    describe: 'end the run after this time, even during a stage, and leave the files in their best state',
  },
  'wait-limit': {
    type: 'duration',
    placeholder: 'TIME',
    describe: 'wait up to TIME per request for rate limits to reset, as for lr-llm --wait-limit',
  },
  'max-total-tokens': {
    type: 'integer',
    otherNames: ['max-tokens'],
    min: 1,
    placeholder: 'N',
    describe: 'send no request once N tokens are used',
  },
  'max-cost': {
    type: 'number',
    min: 0,
    placeholder: 'USD',
    describe: 'send no request once this is spent (US dollars)',
  },
  plateau: {
    type: 'number',
    min: 0,
    placeholder: 'DELTA',
    describe: 'stop when the score changed by less than DELTA twice in a row',
  },
  'stop-command': {
    type: 'list',
    otherNames: ['stop'],
    placeholder: 'COMMAND',
    needsTrust: true,
    describe: 'stop when COMMAND prints a reason; it reads one JSON object per round',
  },
  keep: {
    type: 'choice',
    choices: ['best', 'last'],
    default: 'best',
    placeholder: 'WHICH',
    describe: 'state of the files to keep if the check does not pass',
  },
} as const satisfies OptionTable
