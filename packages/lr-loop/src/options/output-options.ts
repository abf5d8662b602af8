import type { OptionTable } from '@loop-runner/cli-kit'

export const OUTPUT_OPTIONS = {
  resume: {
    type: 'flag',
    commandLineOnly: true,
    describe: 'resume an interrupted run: the newest one here, or RUN',
  },
  'run-dir': {
    type: 'text',
    placeholder: 'DIR',
    commandLineOnly: true,
    describe: 'folder of the run (default: a new one in the state folder)',
  },
  label: {
    type: 'text',
    placeholder: 'NAME',
    describe: 'label of the run, by which lr-loop runs can group runs',
  },
  'keep-runs': {
    type: 'integer',
    min: 1,
    default: 100,
    placeholder: 'N',
    describe: 'after the run, remove the oldest runs from the state folder until N remain',
  },
  'keep-megabytes': {
    type: 'integer',
    min: 1,
    default: 1000,
    placeholder: 'MB',
    describe: 'total size limit of kept runs',
  },
  'print-command': {
    type: 'flag',
    commandLineOnly: true,
    describe: 'print the command line equivalent to options, variables and lr.yaml, without keys, and run nothing',
  },
  'dry-run': {
    type: 'flag',
    commandLineOnly: true,
    describe: 'run the check, print the size of the first prompt and the cost to expect, and send nothing',
  },
  json: { type: 'flag', describe: 'print the summary as one JSON object' },
  'json-events': {
    type: 'integer',
    min: 1,
    placeholder: 'FD',
    describe: 'write each event as a line of JSON to this file descriptor',
  },
  heartbeat: {
    type: 'duration',
    default: '30s',
    placeholder: 'TIME',
    describe: 'without a terminal, log every TIME while a stage runs (0 disables)',
  },
  debug: {
    type: 'integer',
    alias: 'd',
    default: 0,
    min: 0,
    placeholder: 'N',
    describe: '1: print every prompt and reply',
  },
} as const satisfies OptionTable
