import type { Answer, ServerError } from './answer.ts'
import { findOverflow, type Overflow } from './context-overflow.ts'
import { excerpt } from './excerpt.ts'
import { type FailureKind, LlmFailure } from './failure.ts'
import { isObject, parseJson } from '../json.ts'
import { BROKEN } from './response-reader.ts'
import { readServerError } from './server-error.ts'
import { waitOf } from '../network/server-wait.ts'

const NO_WORDS = 'no word of explanation'
const NO_KEY_HINT = ' (no key was sent: name one for this address by --key-env, --key-file or --key-cmd)'
const NEEDS_MONEY = /insufficient_quota|exceeded your current quota|monthly usage limit|credit balance|billing/i
const BY_CODE: readonly (readonly [RegExp, FailureKind])[] = [
  [/authentication|permission|invalid_api_key|unauthorized/i, 'auth'],
  [/rate_?limit|too_many_requests|resource_exhausted/i, 'rate-limit'],
  [/overloaded|unavailable|capacity/i, 'overload'],
  [/invalid_request|not_found|unsupported|bad_request|invalid_prompt/i, 'request'],
]

/** What was asked, for messages. */
export interface Asked {
  /** Names the model. */
  readonly label: string
  /** An estimate of the prompt's size. */
  readonly promptTokens: number
  /** Whether a key goes along. */
  readonly hasKey: boolean
}

/** The failure that a response with a status of 400 or more is. */
export function httpFailure(
  asked: Asked,
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: string,
): LlmFailure {
  // Gemini's error is the only item of a list.
  const [payload] = [parseJson(body)].flat()
  const error = isObject(payload) ? readServerError(payload) : { message: body }
  const kind = kindOf({ ...error, status }, status)
  const requestId = headers['x-request-id'] ?? headers['request-id']
  const id = requestId === undefined ? '' : ` [${String(requestId)}]`
  const hint = status === 401 && !asked.hasKey ? NO_KEY_HINT : ''
  const words = (excerpt(error.message) || NO_WORDS) + hint
  const details = { waitMs: waitOf(headers, error.message), retryable: shouldRetry(headers) }
  return failureOf(kind, asked, `HTTP ${status}${id}: ${words}`, details)
}

/** The failure that an error inside a stream is: judged by its kind, since the status was 200. */
export function streamFailure(asked: Asked, error: ServerError, { text, usage }: Answer): LlmFailure {
  const kind = error.code === BROKEN ? 'cut' : kindOf(error, error.status ?? 500)
  const details = { partial: text, usage, waitMs: waitOf({}, error.message) }
  return failureOf(kind, asked, `in the answer: ${excerpt(error.message) || NO_WORDS}`, details)
}

function failureOf(
  kind: FailureKind | Overflow,
  asked: Asked,
  message: string,
  details: ConstructorParameters<typeof LlmFailure>[2],
): LlmFailure {
  if (typeof kind === 'object') return overflowFailure(kind, asked)
  return new LlmFailure(kind, `${asked.label}: ${message}`, details)
}

/** A prompt that does not fit, with both sizes: the server's words for them where it has any. */
export function overflowFailure({ prompt, limit }: Overflow, { label, promptTokens }: Asked): LlmFailure {
  const size = prompt === undefined ? `about ${promptTokens}` : String(prompt)
  const room = limit === undefined ? 'the server does not say how many' : String(limit)
  return new LlmFailure(
    'context',
    `${label}: the prompt is too long for the model: it has ${size} tokens, possible are ${room} (send less, or take a model with a longer context)`,
  )
}

function kindOf(error: ServerError, status: number): FailureKind | Overflow {
  const words = `${error.code ?? ''} ${error.message}`
  const overflow = findOverflow(words)
  if (overflow) return overflow
  if (NEEDS_MONEY.test(words)) return 'auth'
  if (error.status === undefined) {
    const byCode = BY_CODE.find(([pattern]) => pattern.test(error.code ?? ''))
    if (byCode) return byCode[1]
  }
  return kindOfStatus(status)
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 402 || status === 403) return 'auth'
  // 498 is Groq's "no flex capacity now".
  if (status === 429 || status === 498) return 'rate-limit'
  if (status === 503 || status === 529) return 'overload'
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server'
  return 'request'
}

function shouldRetry(headers: NodeJS.Dict<string | string[]>): boolean | undefined {
  const word = headers['x-should-retry']
  if (word === 'false') return false
  return word === 'true' ? true : undefined
}
