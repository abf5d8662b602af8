import { parseJson } from '@loop-runner/cli-kit'
import { callHttp, type HttpRequest, type Network, readText } from '../network/http-call.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.ts'
import { LlmFailure } from '../answer/failure.ts'
import { contextsIn, showModel } from '../ollama/ollama-context.ts'
import { carriesKey } from '../keys/secret-header.ts'
import { httpFailure } from '../answer/server-failure.ts'
import { endpoint } from './base-address.ts'
import type { ServerTarget } from './target.ts'
import { API_ADAPTERS } from '../apis/api-adapters.ts'

/** What a server reports about one of its models. */
export interface ModelFacts {
  readonly id: string
  /** Tokens that fit into a conversation. */
  readonly context: number | undefined
  /** US dollars for a million tokens. */
  readonly price: { readonly input: number; readonly output: number } | undefined
}

/** More than any list has; a list of 10 MB would be a mistake. */
const LIST_BYTES = 10 << 20

/**
 * The models that a server has, by name.
 *
 * @param keyPlace where the key in the headers was found, for errors
 * @throws LlmFailure if it does not list them
 */
export async function listModels(
  target: ServerTarget,
  headers: Readonly<Record<string, string>>,
  network: Network,
  keyPlace?: string,
): Promise<ModelFacts[]> {
  const adapter = API_ADAPTERS[target.api]
  const url = endpoint(target.baseUrl, adapter.modelsPath)
  // Anthropic's list comes in pages; this is their greatest size.
  if (target.api === 'anthropic') url.searchParams.set('limit', '1000')
  const payload = await requestJson(target, { url, method: 'GET', headers }, network, keyPlace)
  const { data, models } = objectOf(payload)
  const entries = Array.isArray(payload) ? payload : [...listOf(data), ...listOf(models)]
  const facts = entries
    .filter(isObject)
    .map(readFacts)
    .filter(({ id }) => id !== '')
  const known = target.api === 'ollama' ? await withContexts(facts, target, headers, network) : facts
  return known.sort((left, right) => (left.id < right.id ? -1 : 1))
}

async function requestJson(
  target: ServerTarget,
  request: HttpRequest,
  network: Network,
  keyPlace?: string,
): Promise<unknown> {
  const response = await callHttp(request, network)
  const text = await readText(response, LIST_BYTES)
  if (response.status >= 300) {
    throw httpFailure(
      { label: target.provider, promptTokens: 0, hasKey: carriesKey(request.headers), keyPlace },
      response.status,
      response.headers,
      text,
    )
  }
  const payload = parseJson(text)
  if (payload === undefined) throw new LlmFailure('server', `${target.provider}: the list of models is not JSON`)
  return payload
}

function readFacts(entry: JsonObject): ModelFacts {
  return {
    id: (textOf(entry['id']) ?? textOf(entry['name']) ?? '').replace(/^models\//, ''),
    context: ['context_window', 'context_length', 'max_context_length', 'max_model_len', 'max_input_tokens']
      .map((name) => numberOf(entry[name]))
      .find((number) => number !== undefined),
    price: readPrice(objectOf(entry['pricing'])),
  }
}

/** OpenRouter lists prices per token, as strings; Together per million, as numbers. */
function readPrice({ prompt, completion, input, output }: JsonObject): ModelFacts['price'] {
  if (typeof prompt === 'string' && typeof completion === 'string') {
    const [one, other] = [Number(prompt) * 1e6, Number(completion) * 1e6].map((price) => Number(price.toPrecision(6)))
    return one === undefined || other === undefined || !(one >= 0) ? undefined : { input: one, output: other }
  }
  if (typeof input === 'number' && typeof output === 'number') return { input, output }
  return undefined
}

async function withContexts(
  facts: readonly ModelFacts[],
  target: ServerTarget,
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<ModelFacts[]> {
  const known: ModelFacts[] = []
  for (const model of facts) {
    const { most } = contextsIn(await showModel(target.baseUrl, model.id, headers, network))
    known.push({ ...model, context: most })
  }
  return known
}
