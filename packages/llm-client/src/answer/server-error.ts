import { parseJson } from '@loop-runner/cli-kit'
import type { ServerError } from './answer.ts'
import { isFailureKind } from './failure.ts'
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.ts'

/** Fields of which a real piece of an answer has at least one, whatever the API. */
const ANSWER_FIELDS = [
  'choices',
  'type',
  'object',
  'response',
  'done',
  'output',
  'content',
  'candidates',
  'model',
  'usage',
  'delta',
]
/** Fields in which servers report an error. */
const MESSAGE_FIELDS = [
  'message',
  'detail',
  'error_msg',
  'error_message',
  'errorMessage',
  'status_msg',
  'msg',
  'reason',
]

/**
 * The error that a piece of a stream carries, in any of the shapes that occur behind HTTP 200: an `error` key, an event of
 * that name, an object or type called `error`, an error in a choice, Groq's second channel, MiniMax's `base_resp`, Baidu's
 * `error_msg`, or a bare message without any field of an answer.
 */
export function errorIn(payload: JsonObject, eventName: string | undefined): ServerError | undefined {
  const groq = textOf(objectOf(payload['x_groq'])['error'])
  if (groq !== undefined) return { message: groq }
  const base = objectOf(payload['base_resp'])
  if (isSet(base['status_code'])) return readServerError(base)
  const named =
    eventName === 'error' ||
    payload['object'] === 'error' ||
    payload['type'] === 'error' ||
    payload['success'] === false ||
    isSet(payload['error_code'])
  if (isSet(payload['error']) || named || isBareMessage(payload)) return readServerError(payload)
  const inChoice = listOf(payload['choices'])
    .map((choice) => objectOf(choice)['error'])
    .find(isSet)
  return inChoice === undefined ? undefined : readServerError({ error: inChoice })
}

/** What a body reports about an error, whatever its shape. */
export function readServerError(payload: JsonObject): ServerError {
  const error = payload['error'] ?? listOf(payload['errors'])[0]
  if (typeof error === 'string') {
    // Ollama wraps the error of the program behind it in a string of JSON; others put the words beside a code.
    const inner = parseJson(error)
    if (isObject(inner)) return readServerError(inner)
    const words = MESSAGE_FIELDS.map((name) => textOf(payload[name])).find(
      (text) => text !== undefined && text !== error,
    )
    return words === undefined ? { message: error } : { message: words, code: error }
  }
  const fields = isObject(error) ? error : payload
  const { code, type } = fields
  const metadata = objectOf(fields['metadata'])
  const isValidation = listOf(fields['detail']).length > 0 ? 'validation_error' : undefined
  const codes = [code, type, fields['status'], fields['status_code'], fields['error_code'], isValidation]
  return {
    message: [messageOf(fields), tokenCounts(fields), behind(metadata)].filter(Boolean).join('; '),
    code: [...new Set(codes.map(wordOf).filter(Boolean))].join(' ') || undefined,
    status: [fields['status_code'], fields['status'], code].map(toNumber).find((number) => isStatus(number)),
    waitMs: waitIn(fields) ?? waitIn(payload) ?? waitIn(metadata),
    headers: objectOf(metadata['headers']),
    param: textOf(fields['param']),
    kind: isFailureKind(fields['kind']) ? fields['kind'] : undefined,
  }
}

/** Zero, false, an empty string, list or object report no error. */
function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return Boolean(value) && value !== '0'
}

function isBareMessage(payload: JsonObject): boolean {
  if (ANSWER_FIELDS.some((name) => name in payload)) return false
  return listOf(payload['detail']).length > 0 || MESSAGE_FIELDS.some((name) => textOf(payload[name]))
}

function isStatus(number: number | undefined): boolean {
  return number !== undefined && number >= 400 && number < 600
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : numberOf(value)
}

/** A number of three digits is an HTTP status and reports nothing more. */
function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number') return isStatus(value) ? undefined : String(value)
  return textOf(value)
}

function messageOf(fields: JsonObject): string {
  const message = MESSAGE_FIELDS.map((name) => textOf(fields[name])).find((text) => text !== undefined)
  if (message !== undefined) {
    const inner = parseJson(message)
    return isObject(inner) ? readServerError(inner).message : message
  }
  for (const name of MESSAGE_FIELDS) if (isObject(fields[name])) return readServerError(fields[name]).message
  const details = listOf(fields['detail']).map(detailOf)
  return details.some(Boolean) ? details.filter(Boolean).join('; ') : JSON.stringify(fields)
}

/** An entry of FastAPI: what is wrong, and with which field of the body. */
function detailOf(item: unknown): string {
  if (typeof item === 'string') return item
  const { msg, loc } = objectOf(item)
  const place = listOf(loc)
    .filter((part) => part !== 'body')
    .join('.')
  return [place, textOf(msg)].filter(Boolean).join(': ')
}

/** llama.cpp sends the sizes of prompt and context in fields of their own. */
function tokenCounts({ n_prompt_tokens: prompt, n_ctx: context }: JsonObject): string {
  return typeof prompt === 'number' && typeof context === 'number' ? `${prompt} tokens > ${context} maximum` : ''
}

/** OpenRouter names the provider behind it, and passes on what that one said. */
function behind({ provider_name: name, raw }: JsonObject): string {
  return [textOf(name), typeof raw === 'string' ? raw : isObject(raw) ? readServerError(raw).message : undefined]
    .filter(Boolean)
    .join(': ')
}

/** A wait in milliseconds: Google's `retryDelay`, or a field such as `retry_after` in seconds. */
function waitIn(fields: JsonObject): number | undefined {
  const delay = listOf(fields['details'])
    .map((detail) => objectOf(detail)['retryDelay'])
    .find((found) => found !== undefined)
  if (typeof delay === 'string') return secondsOf(delay.replace(/s$/, ''))
  if (isObject(delay)) return secondsOf(delay['seconds'], Number(delay['nanos'] ?? 0) / 1e9)
  const milliseconds = toNumber(fields['retry_after_ms'] ?? fields['retryAfterMs'])
  if (milliseconds !== undefined) return milliseconds
  return secondsOf(fields['retry_after'] ?? fields['retryAfter'] ?? fields['retry_after_seconds'])
}

function secondsOf(value: unknown, more = 0): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : numberOf(value)
  return seconds === undefined || !Number.isFinite(seconds) ? undefined : Math.max(0, (seconds + more) * 1000)
}
