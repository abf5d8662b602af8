import type { Values } from '@loop-runner/cli-kit'
import { CALL_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'

/** The address and those who may use it. */
const DOOR_OPTIONS = {
  host: { type: 'text', placeholder: 'HOST', needsTrust: true, default: '127.0.0.1', describe: 'address to listen on' },
  port: {
    type: 'integer',
    min: 0,
    max: 65_535,
    placeholder: 'N',
    default: 8484,
    describe: 'port to listen on; 0 picks a free one',
  },
  'token-env': {
    type: 'text',
    placeholder: 'NAME',
    commandLineOnly: true,
    describe: 'require the token in this variable',
  },
  'token-file': {
    type: 'text',
    placeholder: 'FILE',
    commandLineOnly: true,
    describe: 'require the token in this file',
  },
  client: {
    type: 'list',
    placeholder: 'NAME[=SOURCE]',
    commandLineOnly: true,
    describe:
      'add a client with its own token, from env:VARIABLE or file:FILE; without SOURCE, create a token and print its file',
  },
  clients: {
    type: 'text',
    placeholder: 'FILE',
    commandLineOnly: true,
    describe: 'read clients from FILE, one per line: name and token; changes take effect at once',
  },
} as const

/** The limits of all requests together. */
const LIMIT_OPTIONS = {
  rpm: { type: 'integer', min: 1, placeholder: 'N', describe: 'send up to N requests a minute' },
  tpm: { type: 'integer', min: 1, placeholder: 'N', describe: 'send and receive about N tokens a minute' },
  'rate-window': {
    type: 'duration',
    default: '1m',
    placeholder: 'TIME',
    describe: 'period of --rpm and --tpm, such as 1s or 1d',
  },
  'max-concurrent': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: 'send up to N requests at a time; others wait (default: 256; 8 for a command, 2 for a model file)',
  },
  'max-queue': {
    type: 'integer',
    min: 0,
    default: 1000,
    placeholder: 'N',
    describe: 'refuse requests with 429 while N are waiting',
  },
  'wait-limit': {
    type: 'duration',
    default: '10m',
    placeholder: 'TIME',
    describe: 'let a request wait up to TIME for its turn and for rate limits to reset',
  },
  'max-cost': {
    type: 'number',
    min: 0,
    placeholder: 'USD',
    describe: 'limit the cost of all answers together, over restarts (see --ledger)',
  },
  ledger: {
    type: 'text',
    notInFiles: true,
    placeholder: 'FILE',
    describe: 'append the cost of each answer to FILE (default with --max-cost: ledger.jsonl in the state folder)',
  },
} as const

export const SERVE_OPTIONS = {
  ...TARGET_OPTIONS,
  body: REQUEST_OPTIONS.body,
  ...CALL_OPTIONS,
  ...DOOR_OPTIONS,
  ...LIMIT_OPTIONS,
  log: {
    type: 'text',
    needsTrust: true,
    placeholder: 'FILE',
    describe: 'append a JSON line for each request to FILE; - is standard output',
  },
  pid: {
    type: 'integer',
    min: 1,
    placeholder: 'PID',
    commandLineOnly: true,
    describe: 'stop when the process PID has ended',
  },
  grace: {
    type: 'duration',
    default: '30s',
    placeholder: 'TIME',
    describe: 'time limit for running requests when stopped',
  },
} as const

export type ServeValues = Values<typeof SERVE_OPTIONS>
