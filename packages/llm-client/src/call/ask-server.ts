import { sleep } from '@loop-runner/cli-kit'
import type { Answer } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { Deadline } from '../network/deadline.ts'
import { LlmFailure } from '../answer/failure.ts'
import type { Network } from '../network/http-call.ts'
import { inSeconds } from '../network/in-seconds.ts'
import { redactFailure } from '../keys/redact.ts'
import { nextWait, resetWait } from '../network/retry.ts'
import { type CallOptions, ServerCall, type AnswerListener, type Wait } from '../answer/server-call.ts'
import { withSuggestions } from '../models/suggest-models.ts'
import { type ServerTarget, shownAddress } from '../models/target.ts'
import { type Attempt, settleAttempt } from '../shared/turn.ts'
import type { Price } from './budget.ts'
import { Spending } from './spending.ts'
import type { Context } from '../context.ts'

/** What an answer may cost. */
export interface Budget {
  readonly price: Price | undefined
  /** In US dollars; undefined: without a limit. */
  readonly maxCost: number | undefined
}

/**
 * Sends a request to a server, with retries, until an answer is complete. The usage of the answer, or of the failure, is that
 * of all attempts.
 *
 * @throws LlmFailure
 */
export async function askServer(
  target: ServerTarget,
  request: ChatRequest,
  options: CallOptions & Partial<Budget>,
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
  let attempt: Attempt | undefined
  const onProgress = (reasoning: number, text: number) => {
    attempt?.onProgress(reasoning + text)
    listener.onProgress?.(reasoning, text)
  }
  const call = new ServerCall(target, request, options, network, { listener: { ...listener, onProgress }, warn })
  const run: Run = { target, call, options, network, deadline, io, failures: 0, waits: 0, waitedMs: 0 }
  const spending = new Spending(request, options.price)
  let last: LlmFailure | undefined
  try {
    for (;;) {
      attempt = await turnOf(options, deadline, last)
      const outcome = await settleAttempt(attempt, () => call.attempt()).catch((error: unknown) =>
        redactFailure(error, secrets),
      )
      if (!(outcome instanceof LlmFailure))
        return { ...outcome, usage: spending.total(outcome.usage, outcome.reasoning + outcome.text) }
      last = outcome
      spending.add(outcome)
      if (outcome.retryable) requireBudget(spending, target.label, options)
      await prepareRetry(outcome, run).catch((error: unknown) => {
        throw error instanceof LlmFailure && spending.lost ? error.with({ usage: spending.lost }) : error
      })
    }
  } finally {
    deadline.clear()
  }
}

/** @throws LlmFailure of kind `budget` if answers that broke off have cost all of it */
function requireBudget({ lost }: Spending, label: string, { maxCost = Infinity }: Partial<Budget>): void {
  if ((lost?.cost ?? 0) < maxCost) return
  throw new LlmFailure('budget', `${label}: incomplete answers used up --max-cost`, {
    usage: lost,
  })
}

/** The attempts of one call. */
interface Run {
  readonly target: ServerTarget
  readonly call: ServerCall
  readonly options: CallOptions
  readonly network: Network
  readonly deadline: Deadline
  readonly io: Context
  /** That count as retries. */
  failures: number
  /** Waits for rate limits, and their time. */
  waits: number
  waitedMs: number
}

/** Waits until another attempt makes sense. @throws the failure if it is final */
async function prepareRetry(failure: LlmFailure, run: Run): Promise<void> {
  const { target, call, options, deadline, io } = run
  const announce = (event: Wait['event'], waitMs: number) =>
    options.onWait?.(waitOfFailure(event, target.label, failure, waitMs))
  const adapted = call.adapt(failure)
  if (adapted) {
    if (adapted.notice !== undefined) io.warn(`${target.label}: ${adapted.notice}`)
    return
  }
  // Those who share a rate limit wait for it together, before the next turn.
  if (options.turn && failure.kind === 'rate-limit' && !call.hasSpoken)
    return announce('rate-limit', failure.waitMs ?? 0)
  const reset = call.hasSpoken ? undefined : resetWait(failure, (options.waitLimitMs ?? 0) - run.waitedMs, run.waits)
  if (reset !== undefined) {
    run.waits++
    run.waitedMs += reset
    deadline.extend(reset)
    announce('rate-limit', reset)
    io.progress(`${failure.message}: waiting ${inSeconds(reset)} for the rate limit (--wait-limit)`)
    return sleep(reset, deadline.signal)
  }
  run.failures++
  const { failures } = run
  const state = { failures, retries: options.retries, remainingMs: deadline.remainingMs, random: Math.random() }
  const waitMs = call.hasSpoken ? undefined : nextWait(failure, state)
  if (waitMs === undefined) throw await withSuggestions(withWait(failure), target, options, run.network)
  announce('retry', waitMs)
  io.progress(`${failure.message}: retrying in ${inSeconds(waitMs)} (${failures} of ${options.retries})`)
  return sleep(waitMs, deadline.signal)
}

/** Waits for the turn of an attempt, if it shares limits with others; that time does not count. */
async function turnOf(
  { turn }: CallOptions,
  deadline: Deadline,
  last: LlmFailure | undefined,
): Promise<Attempt | undefined> {
  if (!turn) return undefined
  const resume = deadline.pause()
  try {
    return await turn.begin(last !== undefined, deadline.signal)
  } catch (error) {
    // The server's own words say more than that the wait was too long.
    if (last?.kind !== 'rate-limit' || !(error instanceof LlmFailure) || error.kind !== 'rate-limit') throw error
    throw withWait(last.with({ waitMs: error.waitMs }), true)
  } finally {
    resume()
  }
}

function waitOfFailure(event: Wait['event'], model: string, { kind, message }: LlmFailure, waitMs: number): Wait {
  const until = new Date(Date.now() + waitMs).toISOString()
  return { event, model, kind, message, seconds: waitMs / 1000, until }
}

/** Adds the wait that the server asks for, if it is too long, and how a rate limit is waited for. */
function withWait(failure: LlmFailure, isShared = false): LlmFailure {
  const { kind, message, waitMs, retryable } = failure
  if (waitMs === undefined || !retryable) return failure
  const remedy = kind === 'rate-limit' && !isShared ? '; --wait-limit TIME waits for it' : ''
  return failure.with({ message: `${message} (it asks to wait ${inSeconds(waitMs)}${remedy})` })
}
