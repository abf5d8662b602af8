import type { Answer, Usage } from '../answer/answer.ts'
import { appendText } from '../recording/append-text.ts'
import type { Context } from '../context.ts'
import { askTarget, type AskOptions } from './ask-target.ts'
import { costOf, limitCost, type Price, priceOf, type Prices } from './budget.ts'
import { estimateUsage } from './estimate-usage.ts'
import { addUsage } from './spending.ts'
import type { Cache } from '../recording/cache.ts'
import { UsageError } from '@loop-runner/cli-kit'
import type { ChatRequest, Message, Sampling } from '../request/chat-request.ts'
import type { Result } from '../recording/recording.ts'
import { type FailureKind, LlmFailure } from '../answer/failure.ts'
import { secretsOf } from '../keys/redact.ts'
import type { AnswerListener } from '../answer/server-call.ts'
import type { Target } from '../models/target.ts'
import type { Queue } from '../shared/turn.ts'
import { writeBody } from '../request/write-body.ts'

/** A request, with all that decides how it is sent. */
export interface Question extends AskOptions, Prices {
  /** The model, and its fallbacks. */
  readonly targets: readonly [Target, ...Target[]]
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  /** In US dollars. */
  readonly maxCost?: number | undefined
  /** A folder of complete answers. */
  readonly cache?: string | undefined
  /** A file that each request and its outcome are appended to. */
  readonly record?: string | undefined
  /** The limits that this request shares with others. */
  readonly queue?: Queue | undefined
}

/** Failures that a fallback may not have: all except those of the key, the request, this machine and the budget. */
const ELSEWHERE_BETTER: ReadonlySet<FailureKind> = new Set([
  'rate-limit',
  'overload',
  'server',
  'connection',
  'timeout',
  'cut',
  'length',
  'full',
  'incomplete',
  'empty',
  'filtered',
  'refused',
  'tool-call',
  'context',
])

/** Sends the request to the model, then to its fallbacks, until an answer is complete. Throws LlmFailure. */
export async function askModels(question: Question, io: Context, listener: AnswerListener = {}): Promise<Result> {
  if (question.record !== undefined) appendText(question.record, '')
  const started = Date.now()
  const elapsedMs = () => Date.now() - started - (question.queue?.waitedMs ?? 0)
  const outcome = await askInTurn(question, io, elapsedMs, listener).catch((error: unknown) => {
    if (error instanceof LlmFailure) return error
    throw error
  })
  const [first] = question.targets
  if (question.record !== undefined) {
    const { appendRecord } = await import('../recording/record.ts')
    const secrets = secretsOf(io.env, question.callOptions.headers, question.key.key)
    const request = requestTo(first, question)
    const seconds = elapsedMs() / 1000
    await appendRecord({ path: question.record, label: first.label, request, outcome, seconds, secrets })
  }
  if (outcome instanceof LlmFailure) throw outcome
  return outcome
}

/** The request for one of the targets. */
export function requestTo(
  target: Target,
  { messages, sampling }: Pick<Question, 'messages' | 'sampling'>,
): ChatRequest {
  return { model: target.kind === 'server' ? target.model : target.label, messages, sampling }
}

async function askInTurn(
  question: Question,
  io: Context,
  elapsedMs: () => number,
  given: AnswerListener,
): Promise<Result> {
  let hasSpoken = false
  const { onText } = given
  const listener: AnswerListener = {
    ...given,
    onText:
      onText &&
      ((text: string) => {
        hasSpoken = true
        onText(text)
      }),
  }
  /** Of the models before, whose answers broke off. */
  let lost: Usage | undefined
  for (const [index, target] of question.targets.entries()) {
    try {
      const result = await askOne(target, whatIsLeft(question, elapsedMs(), lost), io, listener)
      return { ...result, answer: { ...result.answer, usage: addUsage(result.answer.usage, lost) } }
    } catch (error) {
      if (!(error instanceof LlmFailure)) throw error
      const failure = error.with({ usage: addUsage(error.usage, lost) })
      const next = question.targets[index + 1]
      const mayBeBetter = ELSEWHERE_BETTER.has(error.kind) && !hasSpoken
      if (!next || !mayBeBetter || elapsedMs() >= question.callOptions.timeoutMs) throw failure
      lost = failure.usage
      io.warn(`${error.message}: falling back to ${next.label}`)
    }
  }
  throw new Error('no request was sent')
}

/** The question with the time and the money that the models before have left. */
function whatIsLeft(question: Question, elapsedMs: number, lost: Usage | undefined): Question {
  const { callOptions, maxCost } = question
  return {
    ...question,
    callOptions: { ...callOptions, timeoutMs: callOptions.timeoutMs - elapsedMs },
    maxCost: maxCost === undefined ? undefined : maxCost - (lost?.cost ?? 0),
  }
}

async function askOne(target: Target, question: Question, io: Context, listener: AnswerListener): Promise<Result> {
  const price = priceOf(target, question)
  const asked = requestTo(target, question)
  const request = question.maxCost === undefined ? asked : withinBudget(target, asked, question.maxCost, price)
  const cache = await cacheFor(target, request, question, io)
  const kept = cache?.read()
  if (kept) return kept
  const hasFallback = target !== question.targets.at(-1)
  const turn = await question.queue?.enter({ label: target.label, request, price, hasFallback }, io.signal)
  const sent = turn?.request ?? request
  try {
    const callOptions = { ...question.callOptions, price, maxCost: question.maxCost }
    const result = await askTarget(target, sent, { ...question, callOptions, turn }, io, listener)
    const priced = { ...result, answer: withCost(withCounts(result.answer, target, sent), price) }
    cache?.store(priced)
    return priced
  } catch (error) {
    const counted = withCountsOfFailure(error, target, sent)
    throw sent === asked ? counted : asTruncatedByBudget(counted, target.label)
  } finally {
    turn?.end()
  }
}

function asTruncatedByBudget(error: unknown, label: string): unknown {
  if (!(error instanceof LlmFailure) || error.kind !== 'length') return error
  const { partial, usage } = error
  return new LlmFailure('budget', `${label}: the answer was truncated by --max-cost`, { partial, usage })
}

/**
 * Finds out before the first request that a price is not known, of any of the models.
 *
 * @throws UsageError
 */
export function requirePrices({ targets, maxCost, ...prices }: Question): void {
  if (maxCost === undefined) return
  for (const target of targets) if (!priceOf(target, prices)) requireFree(target)
}

function withinBudget(target: Target, request: ChatRequest, maxCost: number, price: Price | undefined): ChatRequest {
  if (price) return limitCost(request, target.label, maxCost, price)
  requireFree(target)
  return request
}

/** A command, a recording and a local model cost nothing. */
function requireFree(target: Target): void {
  if (target.kind !== 'server' || target.api === 'ollama') return
  throw new UsageError(
    `option --max-cost: the price of ${target.label} is not known (set it with --price IN,OUT or --prices FILE)`,
  )
}

/** Only a server charges for tokens. */
function withCounts(answer: Answer, { kind }: Target, request: ChatRequest): Answer {
  if (kind !== 'server') return answer
  return { ...answer, usage: estimateUsage(answer.usage, request, answer.reasoning + answer.text) }
}

/** What was read of an answer is charged, too. */
function withCountsOfFailure(error: unknown, { kind }: Target, request: ChatRequest): unknown {
  if (kind !== 'server' || !(error instanceof LlmFailure) || error.partial === undefined) return error
  return error.with({ usage: estimateUsage(error.usage ?? {}, request, error.partial) })
}

function withCost(answer: Answer, price: Price | undefined): Answer {
  return { ...answer, usage: { ...answer.usage, cost: costOf(answer.usage, price) } }
}

/** A recorded answer needs no cache. */
async function cacheFor(
  target: Target,
  request: ChatRequest,
  question: Question,
  { warn }: Context,
): Promise<Cache | undefined> {
  if (question.cache === undefined || target.kind === 'replay') return undefined
  const { openCache } = await import('../recording/cache.ts')
  return openCache(question.cache, cacheKey(target, request, question), warn)
}

/** Everything that the answer depends on. */
function cacheKey(target: Exclude<Target, { kind: 'replay' }>, request: ChatRequest, question: Question): unknown {
  switch (target.kind) {
    case 'exec':
    case 'exec-server':
      return [target.command, request]
    case 'gguf':
      return [target.path, request]
    case 'server':
      return [target.baseUrl, target.api, writeBody(target, request, question.callOptions.fields)]
  }
}
