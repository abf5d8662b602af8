import type { OptionTable } from '@loop-runner/cli-kit'

export const TOOLS = ['check', 'score', 'fix', 'runs', 'show', 'diff', 'undo', 'stop'] as const
export type ToolName = (typeof TOOLS)[number]

export const CLIENTS = ['claude', 'cursor', 'vscode', 'codex', 'zed'] as const
export type ClientName = (typeof CLIENTS)[number]

/** On the command line only: no file that a model can write widens what a client may do. */
export const OPTIONS = {
  'allow-check': {
    type: 'list',
    placeholder: 'PATTERN',
    describe: 'let clients run check commands that match; * matches any text within a word, ** any words',
    commandLineOnly: true,
  },
  model: {
    type: 'text',
    alias: 'm',
    placeholder: 'PROVIDER/MODEL',
    describe: 'model of the tool fix, as for lr-loop -m; clients cannot choose one',
    notInFiles: true,
  },
  tools: {
    type: 'list',
    placeholder: 'LIST',
    describe: `offer only these tools, separated by commas (${TOOLS.join(', ')}; default: all)`,
    commandLineOnly: true,
    complete: async () => [...TOOLS],
  },
  'max-calls': {
    type: 'integer',
    min: 1,
    default: 20,
    placeholder: 'N',
    describe: 'highest limit on model requests that a client may set for one fix',
    commandLineOnly: true,
  },
  'max-time': {
    type: 'duration',
    default: '30m',
    placeholder: 'TIME',
    describe: 'highest time limit that a client may set for one fix',
    commandLineOnly: true,
  },
  'max-cost': {
    type: 'number',
    min: 0,
    placeholder: 'USD',
    describe: 'highest cost limit, in US dollars, that a client may set for one fix (default: no limit)',
    commandLineOnly: true,
  },
  'max-jobs': {
    type: 'integer',
    min: 1,
    default: 4,
    placeholder: 'N',
    describe: 'run at most N checks and fixes at a time, and refuse more',
    commandLineOnly: true,
  },
  http: {
    type: 'integer',
    min: 0,
    max: 65_535,
    placeholder: 'PORT',
    describe: 'serve Streamable HTTP on 127.0.0.1:PORT (0: any free port) instead of standard input and output',
    commandLineOnly: true,
  },
  'token-file': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'with --http: take the token from FILE (default: a new random token)',
    commandLineOnly: true,
  },
  'print-config': {
    type: 'choice',
    choices: CLIENTS,
    placeholder: 'CLIENT',
    describe: 'print the configuration of a client that starts this server with these options',
    commandLineOnly: true,
  },
} as const satisfies OptionTable
