import { type FailureKind, type JsonObject, LlmFailure, type Result, type Usage } from '@loop-runner/llm-client'

/** The HTTP status of a failure: whose fault it is, as a client of an OpenAI service understands it. */
const HTTP_STATUS: Readonly<Partial<Record<FailureKind, number>>> = {
  request: 400,
  context: 400,
  budget: 402,
  'rate-limit': 429,
  overload: 503,
  timeout: 504,
}

/** The fields that all objects of one completion share. */
export interface Head {
  readonly id: string
  readonly created: number
  readonly model: string
}

export function writeCompletion(head: Head, { answer: { text, reasoning, usage } }: Result): JsonObject {
  const message = { role: 'assistant', content: text, ...(reasoning === '' ? {} : { reasoning_content: reasoning }) }
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: writeUsage(usage),
  }
}

export function writeChunk(head: Head, delta: JsonObject, finish: 'stop' | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  return event({ ...head, object: 'chat.completion.chunk', choices })
}

/** The end of a stream with a complete answer. */
export function writeEnd(head: Head, usage: Usage, wantsUsage: boolean): string {
  const counts = wantsUsage ? writeUsage(usage) : undefined
  const last = counts ? event({ ...head, object: 'chat.completion.chunk', choices: [], usage: counts }) : ''
  return `${writeChunk(head, {}, 'stop')}${last}data: [DONE]\n\n`
}

/** An error as an object of its own, or as the last event of a stream. */
export function writeError(error: unknown): {
  readonly status: number
  readonly body: JsonObject
  /** When another try makes sense, if it does. */
  readonly retryAfterMs: number | undefined
} {
  if (!(error instanceof LlmFailure)) {
    const message = 'the service failed'
    const body = { error: { message, type: 'server_error', code: 'internal_error', param: null } }
    return { status: 500, body, retryAfterMs: undefined }
  }
  const { kind, message, waitMs = 1000 } = error
  const status = HTTP_STATUS[kind] ?? 502
  const code = kind === 'context' ? 'context_length_exceeded' : kind
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  const retryAfterMs = kind === 'rate-limit' || kind === 'overload' ? waitMs : undefined
  return { status, body: { error: { message, type, code, param: null, kind } }, retryAfterMs }
}

export function event(payload: JsonObject): string {
  return `data: ${JSON.stringify(payload)}\n\n`
}

/** undefined if the counts are unknown, which is not 0. */
function writeUsage({ input, output, reasoning, cached, cost }: Usage): JsonObject | undefined {
  if (input === undefined || output === undefined) return undefined
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(reasoning === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoning } }),
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
    ...(cost === undefined ? {} : { cost }),
  }
}
