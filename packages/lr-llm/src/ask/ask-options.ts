import type { OptionTable } from '@loop-runner/cli-kit'
import { MAX_ANSWER_BYTES } from '../answer/max-answer-bytes.ts'
import { EFFORTS } from '../request/chat-request.ts'
import { PROVIDERS } from '../models/providers.ts'
import { suggestTargets } from '../models/suggest-providers.ts'
import { DEFAULT_PROVIDER } from '../models/default-provider.ts'
import { APIS } from '../wires/wire.ts'

/** Who is asked. */
export const TARGET_OPTIONS = {
  model: {
    type: 'text',
    alias: 'm',
    placeholder: 'MODEL',
    describe: `PROVIDER/MODEL, PROVIDER alone, exec:COMMAND or replay:PATH; PROVIDER is one of ${Object.keys(PROVIDERS).join(', ')} (default: the first provider whose key is set, else ${DEFAULT_PROVIDER}; with --url: the server's own model)`,
    runs: 'exec:',
    complete: suggestTargets,
  },
  url: { type: 'text', placeholder: 'URL', describe: "the server's address, with or without /v1" },
  api: {
    type: 'choice',
    choices: APIS,
    placeholder: 'WIRE',
    describe: 'what the server speaks, instead of what its provider does',
  },
  'api-key': { type: 'text', placeholder: 'KEY', secret: true, describe: 'the key itself; other users can see it' },
  // Not from lr.yaml: what a folder brings along must not name a key that is then sent to an address it names, too.
  'key-env': { type: 'text', placeholder: 'NAME', commandLineOnly: true, describe: 'take the key from this variable' },
  'key-file': {
    type: 'text',
    placeholder: 'FILE',
    commandLineOnly: true,
    describe: 'take the key from this file, which only its owner may read',
  },
  'key-cmd': {
    type: 'text',
    placeholder: 'CMD',
    commandLineOnly: true,
    describe: 'take the key from the first line that this shell command prints',
  },
  header: { type: 'list', placeholder: 'NAME:VALUE', secret: true, describe: 'one more header of the request' },
  'pass-env': {
    type: 'list',
    placeholder: 'NAME',
    commandLineOnly: true,
    describe: 'let exec: see this variable although it holds a secret',
  },
} as const satisfies OptionTable

/** What is asked for. */
export const REQUEST_OPTIONS = {
  system: {
    type: 'text',
    alias: 's',
    placeholder: 'TEXT',
    describe: 'instructions for the model, apart from the prompt',
  },
  temperature: { type: 'number', alias: 't', min: 0, max: 2, placeholder: 'N', describe: 'how freely to choose words' },
  'top-p': { type: 'number', min: 0, max: 1, placeholder: 'N', describe: 'choose from this share of likely words' },
  'max-tokens': {
    type: 'integer',
    ownMeaning: true,
    min: 1,
    placeholder: 'N',
    describe: 'stop the answer at N tokens; then it is not whole',
  },
  stop: { type: 'list', ownMeaning: true, placeholder: 'TEXT', describe: 'end the answer before TEXT' },
  seed: { type: 'integer', placeholder: 'N', describe: 'the same answer each time, where the model can' },
  effort: { type: 'choice', choices: EFFORTS, placeholder: 'LEVEL', describe: 'how hard to think' },
  schema: {
    type: 'text',
    placeholder: 'FILE|JSON',
    describe: 'the answer must be JSON that fits this JSON Schema: a file, or the schema itself',
  },
  // Not from lr.yaml: what a folder brings along must not name files that are then sent to an address it names, too.
  attach: {
    type: 'list',
    alias: 'a',
    placeholder: 'FILE',
    notInFiles: true,
    describe: 'send an image or a PDF with the prompt; - is standard input',
  },
  history: {
    type: 'text',
    placeholder: 'FILE',
    notInFiles: true,
    describe: 'go on with the conversation in FILE, and add to it',
  },
  body: {
    type: 'list',
    placeholder: 'KEY=JSON',
    describe: 'set a field of the request (a.b is b inside a); KEY= takes it away',
  },
} as const satisfies OptionTable

/** How it is asked. */
export const CALL_OPTIONS = {
  local: {
    type: 'flag',
    alias: 'L',
    describe: 'ask a model of Ollama here; start its server and fetch the model where needed',
  },
  retries: {
    type: 'integer',
    min: 0,
    default: 3,
    placeholder: 'N',
    describe: 'ask again up to N times where that may help',
  },
  timeout: {
    type: 'duration',
    ownMeaning: true,
    default: '10m',
    placeholder: 'TIME',
    describe: 'time for all attempts together',
  },
  'connect-timeout': { type: 'duration', default: '10s', placeholder: 'TIME', describe: 'time to reach the server' },
  'first-token-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time until the answer begins' },
  'idle-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time the answer may pause' },
  'max-answer-bytes': {
    type: 'integer',
    min: 1,
    default: MAX_ANSWER_BYTES,
    placeholder: 'N',
    describe: 'reject an answer larger than N bytes, decompressed',
  },
  'ca-file': { type: 'text', placeholder: 'FILE', describe: 'trust the certificates in FILE, too' },
  fallback: {
    type: 'text',
    placeholder: 'MODEL,…',
    describe: 'ask these where the model fails in a way they may not',
    runs: 'exec:',
  },
  'max-cost': {
    type: 'number',
    ownMeaning: true,
    min: 0,
    placeholder: 'USD',
    describe: 'do not let an answer cost more',
  },
  price: { type: 'list', placeholder: '[MODEL=]IN,OUT', describe: 'what a million tokens cost, in US dollars' },
  prices: {
    type: 'text',
    placeholder: 'FILE',
    describe: "prices by model, as LiteLLM or OpenRouter list them (default: the list of 'lr-llm prices update')",
  },
  cache: {
    type: 'text',
    ownMeaning: true,
    placeholder: 'DIR',
    describe: 'keep whole answers in DIR, and take them from there',
  },
  record: { type: 'text', placeholder: 'FILE', describe: 'add to FILE what was asked and what came of it' },
  replay: { type: 'text', placeholder: 'FILE', describe: 'the same as -m replay:FILE' },
  'replay-order': { type: 'flag', describe: 'replay: takes the recorded answers in order instead of by request' },
} as const satisfies OptionTable

/** What is printed. */
export const OUTPUT_OPTIONS = {
  extract: {
    type: 'text',
    alias: 'x',
    bare: 'first',
    placeholder: 'WHICH',
    describe: 'print only its code block: first, last, all, or the first of a language',
  },
  'dry-run': { type: 'flag', describe: 'print the body of the request, and ask nobody' },
  preflight: {
    type: 'flag',
    describe: 'check that the model is known and that its key is there; send nothing',
    commandLineOnly: true,
  },
  usage: { type: 'flag', describe: 'append a usage block: tokens, cost, time, why it stopped' },
  json: { type: 'flag', describe: 'print one JSON object instead, on failure too' },
} as const satisfies OptionTable
