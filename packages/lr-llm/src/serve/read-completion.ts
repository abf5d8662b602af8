import {
  type Attachment,
  type Effort,
  EFFORTS,
  isObject,
  type JsonObject,
  listOf,
  type Message,
  numberOf,
  objectOf,
  type Sampling,
  textOf,
} from '@loop-runner/llm-client'

/** A request for a chat completion, as a client of the service sends it. */
export interface Completion {
  readonly model: string | undefined
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  readonly isStream: boolean
  /** Whether a chunk with the usage belongs at the end of the stream. */
  readonly wantsUsage: boolean
}

/** A request that the service cannot understand or does not serve; the message is for the client. */
export class BadCompletion extends Error {
  override readonly name = 'BadCompletion'
}

const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
}

/** @throws BadCompletion for an invalid request, or one for tools or several choices */
export function readCompletion(body: unknown): Completion {
  if (!isObject(body)) throw new BadCompletion('the body is no JSON object')
  refuseUnserved(body)
  const messages = listOf(body['messages']).map(readMessage)
  if (messages.length === 0) throw new BadCompletion('messages: at least one is expected')
  return {
    model: textOf(body['model']),
    messages,
    sampling: readSampling(body),
    isStream: body['stream'] === true,
    wantsUsage: objectOf(body['stream_options'])['include_usage'] === true,
  }
}

/** Fields that would change the answer, with the values that ask for nothing. */
const UNSERVED: Readonly<Record<string, readonly unknown[]>> = {
  tools: [],
  functions: [],
  tool_choice: ['none', 'auto'],
  function_call: ['none', 'auto'],
  n: [1],
  logprobs: [false],
  top_logprobs: [0],
  logit_bias: [],
  frequency_penalty: [0],
  presence_penalty: [0],
  audio: [],
  web_search_options: [],
}

/** What cannot be served is refused by name: without it the answer would be another one. */
function refuseUnserved(body: JsonObject): void {
  for (const [name, harmless] of Object.entries(UNSERVED)) {
    const value = body[name]
    if (!isEmpty(value) && !harmless.includes(value)) throw new BadCompletion(`${name}: not served here`)
  }
  const modality = listOf(body['modalities']).find((kind) => kind !== 'text')
  if (modality !== undefined) throw new BadCompletion('modalities: only text is served here')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function readMessage(message: unknown, index: number): Message {
  const { role, content } = objectOf(message)
  const known = typeof role === 'string' ? ROLES[role] : undefined
  if (!known) throw new BadCompletion(`messages[${index}].role: one of ${Object.keys(ROLES).join(', ')} is expected`)
  if (typeof content === 'string') return { role: known, text: content }
  const parts = listOf(content).map(objectOf)
  if (parts.length === 0) throw new BadCompletion(`messages[${index}].content: a text or parts are expected`)
  const attachments = parts.filter(({ type }) => type !== 'text').map((part) => readAttachment(part, index))
  const text = parts.filter(({ type }) => type === 'text').map((part) => textOf(part['text']) ?? '')
  return { role: known, text: text.join('\n'), ...(attachments.length > 0 ? { attachments } : {}) }
}

function readAttachment(part: JsonObject, index: number): Attachment {
  const file = objectOf(part['file'])
  const url = textOf(objectOf(part['image_url'])['url']) ?? textOf(file['file_data']) ?? ''
  const [, mediaType, base64] = /^data:([\w/+.-]+);base64,([A-Za-z0-9+/=]+)$/.exec(url) ?? []
  if (mediaType === undefined || base64 === undefined) {
    throw new BadCompletion(`messages[${index}].content: only text, and images and files as data: addresses are served`)
  }
  return { name: textOf(file['filename']) ?? 'file', mediaType, base64 }
}

function readSampling(body: JsonObject): Sampling {
  const { stop } = body
  return {
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    maxTokens: numberOf(body['max_completion_tokens']) ?? numberOf(body['max_tokens']),
    stop: typeof stop === 'string' ? [stop] : readStops(stop),
    seed: numberOf(body['seed']),
    effort: EFFORTS.find((effort: Effort) => effort === body['reasoning_effort']),
    schema: readFormat(objectOf(body['response_format'])),
  }
}

/** The JSON Schema of an answer; any object for `json_object`. */
function readFormat({ type = 'text', json_schema: named }: JsonObject): JsonObject | undefined {
  if (type === 'text') return undefined
  if (type === 'json_object') return { type: 'object' }
  const { schema } = objectOf(named)
  if (type !== 'json_schema') throw new BadCompletion('response_format: text, json_object or json_schema is expected')
  if (!isObject(schema)) throw new BadCompletion('response_format: json_schema.schema is missing')
  return schema
}

function readStops(stop: unknown): readonly string[] | undefined {
  const texts = listOf(stop).filter((text) => typeof text === 'string')
  return texts.length === 0 ? undefined : texts
}
