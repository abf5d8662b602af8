import { parseJson } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { type CallOptions, headersOf } from '../answer/server-call.ts'
import type { Context } from '../context.ts'
import { readContextLength } from '../gguf/read-context-length.ts'
import { type JsonObject, numberOf, objectOf } from '../json.ts'
import { callHttp, type Network, readText } from '../network/http-call.ts'
import { isLoopback } from '../network/is-loopback.ts'
import { contextsIn, showModel } from '../ollama/ollama-context.ts'
import { endpoint } from './base-address.ts'
import { listModels } from './list-models.ts'
import type { ServerTarget, Target } from './target.ts'

/** The tokens of a prompt and its answer together. */
export interface ModelWindow {
  readonly tokens: number
  /** Where the figure is from: `from its file`. */
  readonly source: string
}

/** A server that takes longer is not waited for: the first request says what is wrong with it. */
const LOOK_MS = 3000
const PROPERTIES_BYTES = 1 << 22

/**
 * The window of a model on this machine or of Ollama, which may be small: from the file, or by a question to the server that
 * loads nothing. Other servers are not asked.
 *
 * @returns undefined where it is not known
 */
export async function findWindow(
  target: Target,
  options: Pick<CallOptions, 'key' | 'headers' | 'fields' | 'ca' | 'limits'>,
  io: Context,
): Promise<ModelWindow | undefined> {
  if (target.kind === 'gguf') return windowOf(readContextLength(target.path), 'from its file')
  if (target.kind !== 'server') return undefined
  if (target.api !== 'ollama' && !isLoopback(new URL(target.baseUrl))) return undefined
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(LOOK_MS)])
  const network = { transport: io.transport, env: io.env, ca: options.ca, limits: options.limits, signal }
  const headers = headersOf(target, options)
  try {
    return target.api === 'ollama'
      ? await ofOllama(target, options.fields, headers, network)
      : await ofServer(target, headers, network)
  } catch (error) {
    if (error instanceof LlmFailure || signal.aborted) return undefined
    throw error
  }
}

/** Without a num_ctx each request asks for the context that its prompt needs, up to what the model was made for. */
async function ofOllama(
  { baseUrl, model }: ServerTarget,
  fields: CallOptions['fields'],
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<ModelWindow | undefined> {
  const isContext = (path: readonly string[]) => path.join('.') === 'options.num_ctx'
  const set = numberOf(fields.findLast(({ path }) => isContext(path))?.value)
  if (set !== undefined) return windowOf(set, 'num_ctx of --body')
  const { own, most = Infinity } = contextsIn(await showModel(baseUrl, model, headers, network))
  return own !== undefined && own < most
    ? windowOf(own, 'num_ctx of its parameters')
    : windowOf(most, 'from its server')
}

/** What vLLM and others say in their list of models; llama-server says what it has allocated elsewhere. */
async function ofServer(
  target: ServerTarget,
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<ModelWindow | undefined> {
  const models = await listModels(target, headers, network)
  const listed = models.find(({ id }) => id === target.model) ?? (models.length === 1 ? models[0] : undefined)
  if (listed?.context !== undefined) return windowOf(listed.context, 'from its server')
  const { default_generation_settings: settings } = await readProperties(target, headers, network)
  return windowOf(numberOf(objectOf(settings)['n_ctx']), 'from its server')
}

async function readProperties(
  { baseUrl }: ServerTarget,
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<JsonObject> {
  const url = endpoint(new URL(baseUrl).origin, '/props')
  const response = await callHttp({ url, method: 'GET', headers }, network)
  return objectOf(parseJson(await readText(response, PROPERTIES_BYTES)))
}

function windowOf(tokens: number | undefined, source: string): ModelWindow | undefined {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 ? { tokens, source } : undefined
}
