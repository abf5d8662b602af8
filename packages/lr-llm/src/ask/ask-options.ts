import type { OptionTable } from '@loop-runner/cli-kit'
import { LOCAL_MODELS } from '@loop-runner/stage-protocol/model-names'
import { APIS, DEFAULT_PROVIDER, EFFORTS, MAX_ANSWER_BYTES, PROVIDERS, suggestTargets } from '@loop-runner/llm-client'
import { LAST } from '../conversation/last.ts'

/** The model and its server. */
export const TARGET_OPTIONS = {
  model: {
    type: 'text',
    alias: 'm',
    placeholder: 'MODEL',
    describe: `PROVIDER/MODEL, PROVIDER alone, exec:COMMAND, exec-server:COMMAND, replay:PATH or gguf:FILE; PROVIDER is one of ${Object.keys(PROVIDERS).join(', ')} (default: the first provider whose key is set, else ${DEFAULT_PROVIDER}; with --url: the server's own model)`,
    needsTrust: LOCAL_MODELS,
    complete: suggestTargets,
  },
  url: { type: 'text', placeholder: 'URL', needsTrust: true, describe: "the server's address, with or without /v1" },
  api: {
    type: 'choice',
    choices: APIS,
    placeholder: 'API',
    describe: 'the API of the server (default: that of its provider)',
  },
  'api-key': { type: 'text', placeholder: 'KEY', secret: true, describe: 'the API key itself; visible to other users' },
  // Not from lr.yaml: a foreign folder must not name both a key and the address that it is sent to.
  'key-env': {
    type: 'text',
    placeholder: 'NAME',
    commandLineOnly: true,
    describe: 'read the API key from this variable',
  },
  'key-file': {
    type: 'text',
    placeholder: 'FILE',
    commandLineOnly: true,
    describe: 'read the API key from this file, which only its owner may read',
  },
  'key-cmd': {
    type: 'text',
    placeholder: 'CMD',
    commandLineOnly: true,
    describe: 'read the API key from the first line that this shell command prints',
  },
  header: {
    type: 'list',
    placeholder: 'NAME:VALUE',
    secret: true,
    needsTrust: true,
    describe: 'add a header to the request',
  },
  'pass-env': {
    type: 'list',
    placeholder: 'NAME',
    commandLineOnly: true,
    describe: 'pass this variable to exec: even if it may hold a secret',
  },
} as const satisfies OptionTable

/** The request. */
export const REQUEST_OPTIONS = {
  system: {
    type: 'text',
    alias: 's',
    placeholder: 'TEXT',
    describe: 'system prompt',
  },
  temperature: { type: 'number', alias: 't', min: 0, max: 2, placeholder: 'N', describe: 'sampling temperature' },
  'top-p': {
    type: 'number',
    min: 0,
    max: 1,
    placeholder: 'N',
    describe: 'nucleus sampling: probability mass to sample from',
  },
  'max-tokens': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: 'limit the answer to N tokens; a truncated answer is an error',
  },
  stop: { type: 'list', placeholder: 'TEXT', describe: 'stop before TEXT' },
  seed: { type: 'integer', placeholder: 'N', describe: 'sampling seed, if the model supports one' },
  effort: { type: 'choice', choices: EFFORTS, placeholder: 'LEVEL', describe: 'reasoning effort' },
  schema: {
    type: 'text',
    placeholder: 'FILE|JSON',
    // A file of any project would be sent.
    needsTrust: true,
    describe: 'the answer must be JSON that fits this JSON Schema: a file, or the schema itself',
  },
  // Not from lr.yaml: a foreign folder must not name both files and the address that they are sent to.
  attach: {
    type: 'list',
    alias: 'a',
    placeholder: 'FILE',
    notInFiles: true,
    describe: 'send an image or a PDF with the prompt; - is standard input',
  },
  body: {
    type: 'list',
    needsTrust: true,
    placeholder: 'KEY=JSON',
    describe: 'set a field of the request (a.b is b inside a); KEY= removes it',
  },
} as const satisfies OptionTable

/** The conversation that a prompt belongs to. */
export const CONVERSATION_OPTIONS = {
  history: {
    type: 'text',
    placeholder: 'FILE',
    notInFiles: true,
    describe: 'continue the conversation in FILE, and append to it',
  },
  continue: {
    type: 'text',
    alias: 'c',
    bare: LAST,
    placeholder: 'ID',
    commandLineOnly: true,
    describe:
      'continue the last conversation in this folder, or the one with this id, with its model and system prompt',
  },
  'keep-log': { type: 'flag', describe: 'keep the exchange for --continue and lr-llm log even without a terminal' },
  'no-log': { type: 'flag', describe: 'do not keep the exchange' },
} as const satisfies OptionTable

/** The call. */
export const CALL_OPTIONS = {
  local: {
    type: 'flag',
    alias: 'L',
    describe: 'use a local Ollama model; start its server and pull the model if needed',
  },
  retries: {
    type: 'integer',
    min: 0,
    default: 3,
    placeholder: 'N',
    describe: 'retry up to N times if that may help',
  },
  timeout: {
    type: 'duration',
    default: '10m',
    placeholder: 'TIME',
    describe: 'time limit for all attempts together',
  },
  'wait-limit': {
    type: 'duration',
    placeholder: 'TIME',
    describe: 'wait up to TIME for rate limits to reset; such waits count neither as retries nor for --timeout',
  },
  events: {
    type: 'text',
    needsTrust: true,
    placeholder: 'FILE',
    describe: 'append a JSON line to FILE for each wait and retry',
  },
  'connect-timeout': { type: 'duration', default: '10s', placeholder: 'TIME', describe: 'time limit to connect' },
  'first-token-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time limit for the start of the answer' },
  'idle-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time limit for a pause in the answer' },
  'max-answer-bytes': {
    type: 'integer',
    min: 1,
    default: MAX_ANSWER_BYTES,
    placeholder: 'N',
    describe: 'reject an answer larger than N bytes, decompressed',
  },
  'ca-file': { type: 'text', placeholder: 'FILE', needsTrust: true, describe: 'also trust the certificates in FILE' },
  fallback: {
    type: 'text',
    placeholder: 'MODEL,…',
    describe: 'fall back to these models, in order, when a request fails',
    needsTrust: LOCAL_MODELS,
  },
  'max-cost': {
    type: 'number',
    min: 0,
    placeholder: 'USD',
    describe: 'limit the cost of an answer',
  },
  price: { type: 'list', placeholder: '[MODEL=]IN,OUT', describe: 'price of a million tokens, in US dollars' },
  prices: {
    type: 'text',
    placeholder: 'FILE',
    describe: "prices by model, as LiteLLM or OpenRouter list them (default: the list of 'lr-llm prices update')",
  },
  'cache-dir': {
    type: 'text',
    otherNames: ['cache'],
    needsTrust: true,
    placeholder: 'DIR',
    describe: 'cache complete answers in DIR',
  },
  record: {
    type: 'text',
    placeholder: 'FILE',
    needsTrust: true,
    describe: 'append the request and its outcome to FILE',
  },
  replay: { type: 'text', placeholder: 'FILE', describe: 'same as -m replay:FILE' },
  'replay-order': { type: 'flag', describe: 'replay recordings in order instead of by request' },
} as const satisfies OptionTable

/** The options for output, and for skipping input. */
export const OUTPUT_OPTIONS = {
  'no-stdin': {
    type: 'flag',
    alias: 'n',
    commandLineOnly: true,
    describe: 'do not read standard input; for shell loops that read from it',
  },
  extract: {
    type: 'text',
    alias: 'x',
    bare: 'first',
    placeholder: 'WHICH',
    describe: 'print only a code block of the answer: first, last, all, or the first of a language',
  },
  'dry-run': { type: 'flag', describe: 'print the request body; send nothing' },
  preflight: {
    type: 'text',
    bare: 'model',
    placeholder: 'WHAT',
    describe:
      'check that the model is known and has an API key, print it with its price, or its file, and send nothing; window: also request the context window from Ollama',
    commandLineOnly: true,
  },
  usage: { type: 'flag', describe: 'append a usage block: tokens, cost, time, finish reason' },
  json: { type: 'flag', describe: 'print one JSON object, also on failure' },
} as const satisfies OptionTable
