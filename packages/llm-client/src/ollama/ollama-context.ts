import { parseJson } from '@loop-runner/cli-kit'
import type { Answer } from '../answer/answer.ts'
import { callHttp, type Network, readText } from '../network/http-call.ts'
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import { endpoint } from '../models/base-address.ts'
import type { ServerTarget } from '../models/target.ts'
import { TOKEN_MARGIN } from '../request/write-body.ts'

/** Default context of an Ollama server; 2048 in older versions, more with much memory. */
const USUAL_CONTEXTS = [2048, 4096]
/** Room for an answer without a limit. */
const ANSWER_TOKENS = 2048
/** No text has so few tokens. */
const BYTES_PER_TOKEN_AT_MOST = 24
const LONG_PROMPT_BYTES = 1 << 16
/** Of a description of a model: its licence and template are in it. */
const SHOWN_BYTES = 1 << 26

/**
 * The context that a prompt needs, if it is more than the default and none is set: without it a server
 * rejects a prompt that the model could read. Powers of two, so that the model is not reloaded for each prompt.
 */
export function contextNeeded(body: JsonObject, promptTokens: number): number | undefined {
  const options = objectOf(body['options'])
  const needed = promptTokens * TOKEN_MARGIN + (numberOf(options['num_predict']) ?? ANSWER_TOKENS)
  if (options['num_ctx'] !== undefined || needed <= Math.max(...USUAL_CONTEXTS)) return undefined
  return 2 ** Math.ceil(Math.log2(needed))
}

/** The body with this context. */
export function setContext(body: JsonObject, context: number): JsonObject {
  return { ...body, options: { ...objectOf(body['options']), num_ctx: context } }
}

/**
 * The body with the context that its prompt needs, but never more than the model has. A context that the model's own
 * parameters set is left as it is if it is enough: another one would load the model again.
 */
export async function withContext(
  body: JsonObject,
  promptTokens: number,
  target: ServerTarget,
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<JsonObject> {
  const needed = contextNeeded(body, promptTokens)
  if (needed === undefined) return body
  const shown = await showModel(target.baseUrl, target.model, headers, network)
  const { own = 0, most = Infinity } = contextsIn(shown)
  return own >= needed ? body : setContext(body, Math.min(needed, most))
}

/** Whether the server has read less of the prompt than was sent: the count is that of a full context. */
export function wasCut(answer: Answer, body: JsonObject, promptTokens: number): boolean {
  const read = answer.usage.input
  if (read === undefined) return false
  const context = numberOf(objectOf(body['options'])['num_ctx'])
  return context === undefined ? USUAL_CONTEXTS.includes(read) && promptTokens > read : read >= context
}

/** Whether the count of tokens that were read is too small for the prompt. Old servers leave out what they have cached. */
export function looksCut(answer: Answer, promptTokens: number): boolean {
  const bytes = promptTokens * 4
  const read = answer.usage.input ?? Infinity
  return bytes > LONG_PROMPT_BYTES && bytes / read > BYTES_PER_TOKEN_AT_MOST
}

/** What a server reports about one of its models. */
export async function showModel(
  baseUrl: string,
  model: string,
  headers: Readonly<Record<string, string>>,
  network: Network,
): Promise<JsonObject> {
  const response = await callHttp(
    {
      url: endpoint(baseUrl, '/api/show'),
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model }),
    },
    network,
  )
  return objectOf(parseJson(await readText(response, SHOWN_BYTES)))
}

/** Contexts in tokens, from what `showModel` gives. */
export interface Contexts {
  /** That the parameters of the model set. */
  readonly own: number | undefined
  /** That the model was made for. */
  readonly most: number | undefined
}

export function contextsIn({ parameters, model_info }: JsonObject): Contexts {
  const model = objectOf(model_info)
  const name = Object.keys(model).find((field) => field.endsWith('.context_length'))
  const [, own] = /^num_ctx\s+(\d+)\s*$/m.exec(textOf(parameters) ?? '') ?? []
  return {
    own: own === undefined ? undefined : Number(own),
    most: name === undefined ? undefined : numberOf(model[name]),
  }
}
