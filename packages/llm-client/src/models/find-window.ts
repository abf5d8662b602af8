import { LlmFailure } from '../answer/failure.ts'
import { type CallOptions, headersOf } from '../answer/server-call.ts'
import type { Context } from '../context.ts'
import { readContextLength } from '../gguf/read-context-length.ts'
import { numberOf } from '../json.ts'
import type { Network } from '../network/http-call.ts'
import { contextsIn, showModel } from '../ollama/ollama-context.ts'
import type { ServerTarget, Target } from './target.ts'

/** The tokens of a prompt and its answer together. */
export interface ModelWindow {
  readonly tokens: number
  /** Where the figure is from: `from its file`. */
  readonly source: string
}

/** A server that takes longer is not waited for: the first request says what is wrong with it. */
const LOOK_MS = 3000

/**
 * The window of a model file, or of a model of Ollama, by the question that a request asks, too: both may be small. Other servers
 * are not asked: a loop sends them nothing but its requests.
 *
 * @returns undefined where it is not known
 */
export async function findWindow(
  target: Target,
  options: Pick<CallOptions, 'key' | 'headers' | 'fields' | 'ca' | 'limits'>,
  io: Context,
): Promise<ModelWindow | undefined> {
  if (target.kind === 'gguf') return windowOf(readContextLength(target.path), 'from its file')
  if (target.kind !== 'server' || target.api !== 'ollama') return undefined
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(LOOK_MS)])
  const network = { transport: io.transport, env: io.env, ca: options.ca, limits: options.limits, signal }
  const headers = headersOf(target, options)
  try {
    return await ofOllama(target, options.fields, headers, network)
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

function windowOf(tokens: number | undefined, source: string): ModelWindow | undefined {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 ? { tokens, source } : undefined
}
