import { defineCommand, ExitStatus, type Io, UsageError, type Values } from '@loop-runner/cli-kit'
import { CALL_OPTIONS, OUTPUT_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'
import {
  type Endpoints,
  ENDPOINTS_KEY,
  listModelFiles,
  LlmFailure,
  type ModelFacts,
  namesProvider,
  parseTarget,
  readEndpoints,
  type ServerTarget,
} from '@loop-runner/llm-client'
import { localTarget } from '../request/question-of-options.ts'
import { readModels } from './read-models.ts'

const OPTIONS = {
  ...TARGET_OPTIONS,
  timeout: { ...CALL_OPTIONS.timeout, default: '30s' },
  'connect-timeout': CALL_OPTIONS['connect-timeout'],
  'ca-file': CALL_OPTIONS['ca-file'],
  json: OUTPUT_OPTIONS.json,
} as const

/** How long a look at a server on this machine may take. */
const LOCAL_MS = 1000

/** A key that an option names is for another server. */
const NO_KEY = {
  'api-key': undefined,
  'key-env': undefined,
  'key-file': undefined,
  'key-cmd': undefined,
  header: [],
} as const

export const models = defineCommand({
  usage: '[-m PROVIDER] [options] [WORD…] | pull NAME…',
  summary: 'List the models of a server, or pull models of Ollama.',
  options: OPTIONS,
  operands: { max: Infinity, complete: 'nothing' },
  details: `
Prints one model per line, separated by tabs: PROVIDER/MODEL, the context size
in tokens, and the price of a million tokens in and out in US dollars, or - if
the server does not report it. With WORDs, prints only models whose names
contain all of them. Without -m, prints the models of the default provider and
of a running Ollama server, and model files in LR_MODELS_DIR and
CODEGEN_MODEL_PATH; with -m gguf, only the files.

pull starts Ollama as -L does, pulls the models that are missing, and stops the
server if it started it.

Exit codes: 0 done · 1 no model matches · 2 invalid usage · 3 request rejected,
or no API key · 4 the server is unavailable: retry later

  lr-llm models -m openrouter coder | sort -k 3
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ operands, options, typed, configFiles }, io) {
    if (operands[0] === 'pull') return pull(operands.slice(1), options, io)
    const endpoints = readEndpoints(configFiles)
    const found = await findModels(options, typed, endpoints, io)
    const matching = found.filter(({ name }) =>
      operands.every((word) => name.toLowerCase().includes(word.toLowerCase())),
    )
    const facts = matching.map(({ name: _name, ...model }) => model)
    await io.stdout.write(options.json ? `${JSON.stringify({ models: facts })}\n` : matching.map(line).join(''))
    if (matching.length > 0) return ExitStatus.Yes
    const words = operands.join(' and ')
    io.warn(found.length > 0 ? `no model has ${words} in its name` : nothingFound(options.model))
    return ExitStatus.No
  },
})

function nothingFound(model: string | undefined): string {
  return model === 'gguf' ? 'no model files found (name their folder in LR_MODELS_DIR)' : 'the server lists no models'
}

/** Starts Ollama if needed, pulls the models, and stops the server if it started it. */
async function pull(names: readonly string[], { quiet }: { readonly quiet: boolean }, io: Io): Promise<number> {
  if (names.length === 0) throw new UsageError('models pull: which model? (models pull NAME…)')
  const { useLocalVisibly } = await import('@loop-runner/llm-client/ollama/use-local-visibly')
  for (const target of names.map((name) => localTarget(name, io.env))) {
    await using _server = await useLocalVisibly(target, io, quiet)
    io.progress(`${target.label}: ready`)
  }
  return ExitStatus.Yes
}

/** A model with the name that -m takes. */
interface NamedModel extends ModelFacts {
  readonly name: string
}

async function findModels(
  options: Values<typeof OPTIONS>,
  typed: ReadonlySet<string>,
  endpoints: Endpoints,
  io: Io,
): Promise<readonly NamedModel[]> {
  if (options.model === 'gguf') return modelFiles(io)
  const isShadowed = options.model !== undefined && typed.has('model') && !typed.has('url')
  const url = isShadowed && namesProvider(options.model, endpoints) ? undefined : options.url
  const target = parseTarget({ ...options, url, env: io.env, endpoints })
  if (target.kind !== 'server') throw new UsageError(`model "${options.model}": only a server has a list of models`)
  if (options.model !== undefined || url !== undefined) {
    return serverModels(target, url === undefined ? `${target.provider}/` : '', options, io)
  }
  return localAndDefault(target, options, io)
}

async function localAndDefault(
  target: ServerTarget,
  options: Values<typeof OPTIONS>,
  io: Io,
): Promise<readonly NamedModel[]> {
  const local = [...modelFiles(io), ...(target.provider === 'ollama' ? [] : await ollamaModels(options, io))]
  try {
    return [...local, ...(await serverModels(target, `${target.provider}/`, options, io))]
  } catch (error) {
    if (local.length === 0 || !(error instanceof LlmFailure)) throw error
    io.warn(`${error.message}: only models of this machine are listed`)
    return local
  }
}

async function serverModels(
  target: ServerTarget,
  prefix: string,
  options: Values<typeof OPTIONS>,
  io: Io,
): Promise<NamedModel[]> {
  return (await readModels(target, options, io)).map((facts) => ({ ...facts, name: prefix + facts.id }))
}

/** Those of the server on this machine, if it runs. */
async function ollamaModels(options: Values<typeof OPTIONS>, io: Io): Promise<NamedModel[]> {
  const target = parseTarget({ model: 'ollama', env: io.env })
  if (target.kind !== 'server') return []
  try {
    const own = { timeout: LOCAL_MS, 'connect-timeout': LOCAL_MS, ...NO_KEY }
    return await serverModels(target, 'ollama/', { ...options, ...own }, io)
  } catch (error) {
    if (error instanceof LlmFailure) return []
    throw error
  }
}

function modelFiles({ env }: Io): NamedModel[] {
  return listModelFiles(env).map((path) => ({ id: path, name: `gguf:${path}`, context: undefined, price: undefined }))
}

function line({ name, context, price }: NamedModel): string {
  return `${name}\t${context ?? '-'}\t${price ? `${price.input},${price.output}` : '-'}\n`
}
