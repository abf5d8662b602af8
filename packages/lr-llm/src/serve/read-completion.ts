import {
  type Attachment,
  type Effort,
  EFFORTS,
  isObject,
  type JsonObject,
  listOf,
  type Message,
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
  if (!isObject(body)) throw new BadCompletion('the body is not a JSON object')
  refuseUnserved(body)
  const messages = listOf(body['messages']).map(readMessage)
  if (messages.length === 0) throw new BadCompletion('messages: expected at least one')
  return {
    model: optional(body, 'model', isText, 'a text'),
    messages,
    sampling: readSampling(body),
    isStream: optional(body, 'stream', isFlag, 'true or false') === true,
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
  verbosity: ['medium'],
}

/** An unsupported field is refused: ignoring it would change the answer. */
function refuseUnserved(body: JsonObject): void {
  for (const [name, harmless] of Object.entries(UNSERVED)) {
    const value = body[name]
    if (!isEmpty(value) && !harmless.includes(value)) throw new BadCompletion(`${name}: not served here`)
  }
  // Also without a setting it asks for a search.
  if (isObject(body['web_search_options'])) throw new BadCompletion('web_search_options: not served here')
  const modality = listOf(body['modalities']).find((kind) => kind !== 'text')
  if (modality !== undefined) throw new BadCompletion('modalities: only text is served here')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function readMessage(message: unknown, index: number): Message {
  const { role, content } = objectOf(message)
  const known = typeof role === 'string' ? ROLES[role] : undefined
  if (!known) throw new BadCompletion(`messages[${index}].role: expected one of ${Object.keys(ROLES).join(', ')}`)
  if (typeof content === 'string') return { role: known, text: content }
  const parts = listOf(content).map(objectOf)
  if (parts.length === 0) throw new BadCompletion(`messages[${index}].content: expected text or parts`)
  refuseBetweenTexts(parts, index)
  const attachments = parts.filter((part) => !isTextPart(part)).map((part) => readAttachment(part, index))
  const text = parts.filter(isTextPart).map(({ text: said }) => {
    if (typeof said === 'string') return said
    throw new BadCompletion(`messages[${index}].content: a part of type text has no text`)
  })
  return { role: known, text: text.join('\n'), ...(attachments.length > 0 ? { attachments } : {}) }
}

/** Attachments are sent together, so that between texts they would lose their places. */
function refuseBetweenTexts(parts: readonly JsonObject[], index: number): void {
  const first = parts.findIndex((part) => !isTextPart(part))
  const last = parts.findLastIndex((part) => !isTextPart(part))
  if (first < 0 || !parts.slice(0, last).some(isTextPart) || !parts.slice(first).some(isTextPart)) return
  const problem = 'texts before and behind an image or file are not served (put the images and files first, or last)'
  throw new BadCompletion(`messages[${index}].content: ${problem}`)
}

function isTextPart({ type }: JsonObject): boolean {
  return type === 'text'
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
  const number = (name: string) => optional(body, name, isNumber, 'a number')
  // Some servers take a limit below 1 for no limit, so that no budget could hold.
  const limit = (name: string) => optional(body, name, isCount, 'a whole number above 0')
  const olderLimit = limit('max_tokens')
  const stop = optional(body, 'stop', isStop, 'a text or a list of texts')
  return {
    temperature: number('temperature'),
    topP: number('top_p'),
    maxTokens: limit('max_completion_tokens') ?? olderLimit,
    stop: typeof stop === 'string' ? [stop] : stop?.length === 0 ? undefined : stop,
    seed: number('seed'),
    effort: optional(body, 'reasoning_effort', isEffort, `one of ${EFFORTS.join(', ')}`),
    schema: readFormat(optional(body, 'response_format', isObject, 'an object') ?? {}),
  }
}

/**
 * A field that a request may have.
 *
 * @throws BadCompletion for another value: without it the answer would be another one
 */
function optional<T>(
  body: JsonObject,
  name: string,
  isValid: (value: unknown) => value is T,
  expected: string,
): T | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (isValid(value)) return value
  throw new BadCompletion(`${name}: expected ${expected}`)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isNumber = (value: unknown): value is number => typeof value === 'number'
const isCount = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value > 0
const isEffort = (value: unknown): value is Effort => EFFORTS.some((effort) => effort === value)
const isStop = (value: unknown): value is string | string[] =>
  isText(value) || (Array.isArray(value) && value.every(isText))

/** The JSON Schema of an answer; any object for `json_object`. */
function readFormat({ type = 'text', json_schema: named }: JsonObject): JsonObject | undefined {
  if (type === 'text') return undefined
  if (type === 'json_object') return { type: 'object' }
  const { schema } = objectOf(named)
  if (type !== 'json_schema') throw new BadCompletion('response_format: expected text, json_object or json_schema')
  if (!isObject(schema)) throw new BadCompletion('response_format: json_schema.schema is missing')
  return schema
}
