import type { Answer } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { Deadline } from '../network/deadline.ts'
import { LlmFailure } from '../answer/failure.ts'
import { inSeconds } from '../network/in-seconds.ts'
import { redactFailure } from '../keys/redact.ts'
import { nextWait, resetWait } from '../network/retry.ts'
import { type CallOptions, ServerCall, type AnswerListener, type Wait } from '../answer/server-call.ts'
import { withSuggestions } from '../models/suggest-models.ts'
import { type ServerTarget, shownAddress } from '../models/target.ts'
import type { Context } from '../context.ts'

/** Sends a request to a server, with retries, until an answer is complete. Throws LlmFailure. */
export async function askServer(
  target: ServerTarget,
  request: ChatRequest,
  options: CallOptions,
  io: Context,
  listener: AnswerListener = {},
): Promise<Answer> {
  const deadline = new Deadline(options.timeoutMs, target.label, io.signal)
  const warn = (message: string) => io.warn(`${target.label}: ${message}`)
  const { transport } = io
  const network = { transport, env: io.env, ca: options.ca, limits: options.limits, signal: deadline.signal }
  // A server may repeat them in an error.
  const secrets = [options.key, ...Object.values(options.headers)]
  io.detail(`${target.label}: POST ${shownAddress(target)}`)
  const call = new ServerCall(target, request, options, network, { listener, warn })
  let waitedMs = 0
  const announce = (event: Wait['event'], failure: LlmFailure, waitMs: number) =>
    options.onWait?.(waitOfFailure(event, target.label, failure, waitMs))
  try {
    for (let failures = 1; ; failures++) {
      const failure = await call.attempt().catch((error: unknown) => redactFailure(error, secrets))
      if (!(failure instanceof LlmFailure)) return failure
      const adapted = call.adapt(failure)
      if (adapted) {
        if (adapted.notice !== undefined) warn(adapted.notice)
        failures--
        continue
      }
      const reset = call.hasSpoken ? undefined : resetWait(failure, (options.waitLimitMs ?? 0) - waitedMs)
      if (reset !== undefined) {
        waitedMs += reset
        deadline.extend(reset)
        announce('rate-limit', failure, reset)
        io.progress(`${failure.message}: waiting ${inSeconds(reset)} for the rate limit (--wait-limit)`)
        await sleep(reset, deadline.signal)
        failures--
        continue
      }
      const state = { failures, retries: options.retries, remainingMs: deadline.remainingMs, random: Math.random() }
      const waitMs = call.hasSpoken ? undefined : nextWait(failure, state)
      if (waitMs === undefined) throw await withSuggestions(withWait(failure), target, options, network)
      announce('retry', failure, waitMs)
      io.progress(`${failure.message}: retrying in ${inSeconds(waitMs)} (${failures} of ${options.retries})`)
      await sleep(waitMs, deadline.signal)
    }
  } finally {
    deadline.clear()
  }
}

function waitOfFailure(event: Wait['event'], model: string, { kind, message }: LlmFailure, waitMs: number): Wait {
  const until = new Date(Date.now() + waitMs).toISOString()
  return { event, model, kind, message, seconds: waitMs / 1000, until }
}

/** Adds the wait that the server asks for, if it is too long. */
function withWait(failure: LlmFailure): LlmFailure {
  const { message, waitMs, retryable } = failure
  if (waitMs === undefined || !retryable) return failure
  return failure.with({ message: `${message} (it asks to wait ${inSeconds(waitMs)})` })
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    })
  })
}
