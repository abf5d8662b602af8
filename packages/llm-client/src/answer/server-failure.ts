import { parseJson } from '@loop-runner/cli-kit'
import type { Answer, ServerError } from './answer.ts'
import { classifyError } from './classify-error.ts'
import type { Overflow } from './context-overflow.ts'
import { excerpt } from './excerpt.ts'
import { type FailureKind, LlmFailure } from './failure.ts'
import { isObject } from '../json.ts'
import { BROKEN, TOO_LARGE } from './response-reader.ts'
import { readServerError } from './server-error.ts'
import { waitOf } from '../network/server-wait.ts'

/** Kinds of the errors that are not the server's. */
const OWN_KINDS: Readonly<Partial<Record<string, FailureKind>>> = { [BROKEN]: 'cut', [TOO_LARGE]: 'too-large' }
const NO_WORDS = 'no word of explanation'
const NO_KEY_HINT = ' (no key was sent: name one for this address by --key-env, --key-file or --key-cmd)'
type Details = NonNullable<ConstructorParameters<typeof LlmFailure>[2]>

/** The request, as messages describe it. */
export interface RequestInfo {
  /** Names the model. */
  readonly label: string
  /** An estimate of the prompt's size. */
  readonly promptTokens: number
  /** Whether a key goes along. */
  readonly hasKey: boolean
  /** Where the key was found; undefined if it was named for this call. */
  readonly keyPlace?: string | undefined
}

/** The failure that a response with a status of 400 or more is. */
export function httpFailure(
  asked: RequestInfo,
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: string,
): LlmFailure {
  // Gemini's error is the only item of a list.
  const [payload] = [parseJson(body)].flat()
  const error = isObject(payload) ? readServerError(payload) : { message: body }
  const waitMs = waitOf({ ...error.headers, ...headers }, error.message, Date.now(), error.waitMs)
  // The status of the response takes precedence over one in the body.
  const kind = classifyError({ ...error, status: undefined }, status, waitMs)
  const requestId = headers['x-request-id'] ?? headers['request-id']
  const id = requestId === undefined ? '' : ` [${String(requestId)}]`
  const hint = status === 401 ? hintOnKey(asked) : ''
  const words = (excerpt(error.message) || NO_WORDS) + hint
  const details = { waitMs, retryable: shouldRetry(headers, kind), param: error.param }
  return failureOf(kind, asked, `HTTP ${status}${id}: ${words}`, details)
}

function hintOnKey({ hasKey, keyPlace }: RequestInfo): string {
  if (!hasKey) return NO_KEY_HINT
  return keyPlace === undefined ? '' : ` (the key is from ${keyPlace})`
}

/** The failure that an error inside an answer is. Its HTTP status was 200, so only its words and codes count. */
export function streamFailure(asked: RequestInfo, error: ServerError, { text, usage }: Answer): LlmFailure {
  const waitMs = waitOf(error.headers ?? {}, error.message, Date.now(), error.waitMs)
  const own = OWN_KINDS[error.code ?? '']
  const kind = own ?? classifyError(error, error.status ?? 500, waitMs)
  const details = { partial: text, usage, waitMs }
  return failureOf(kind, asked, `in the answer: ${excerpt(error.message) || NO_WORDS}`, details)
}

function failureOf(kind: FailureKind | Overflow, asked: RequestInfo, message: string, details: Details): LlmFailure {
  if (typeof kind === 'object') return overflowFailure(kind, asked, details)
  return new LlmFailure(kind, `${asked.label}: ${message}`, details)
}

/** A prompt that does not fit, with both sizes: those that the server reports, else an estimate. */
export function overflowFailure(
  { prompt, limit }: Overflow,
  { label, promptTokens }: RequestInfo,
  { partial, usage }: Pick<Details, 'partial' | 'usage'> = {},
): LlmFailure {
  const tokens = `${prompt ?? promptTokens} token${(prompt ?? promptTokens) === 1 ? '' : 's'}`
  const size = prompt === undefined ? `about ${tokens}` : tokens
  const room = limit === undefined ? 'the server does not report its limit' : `the model allows ${limit}`
  return new LlmFailure(
    'context',
    `${label}: the prompt is too long for the model: it has ${size}, ${room} (send less, or use a model with more context)`,
    { partial, usage },
  )
}

/** A server may know better than the status; a limit that is not about the moment is not retried all the same. */
function shouldRetry(headers: NodeJS.Dict<string | string[]>, kind: FailureKind | Overflow): boolean | undefined {
  const word = headers['x-should-retry']
  if (word === 'false') return false
  return word === 'true' && kind !== 'auth' ? true : undefined
}
