import type { Answer } from '../answer/answer.ts'
import { appendText } from '../exchange/append-text.ts'
import type { Surroundings } from '../surroundings.ts'
import { askTarget, type AskOptions } from './ask-target.ts'
import { costOf, limitCost, type Price, priceOf, type Prices } from './budget.ts'
import type { Cache } from '../exchange/cache.ts'
import { UsageError } from '@loop-runner/cli-kit'
import type { ChatRequest, Message, Sampling } from '../request/chat-request.ts'
import type { Result } from '../exchange/exchange.ts'
import { type FailureKind, LlmFailure } from '../answer/failure.ts'
import { secretsOf } from '../keys/redact.ts'
import type { AnswerListener } from '../answer/server-call.ts'
import type { Target } from '../models/target.ts'
import { writeBody } from '../request/write-body.ts'

/** Everything that makes up one question. */
export interface Question extends AskOptions, Prices {
  /** Who is asked, and who instead where that fails. */
  readonly targets: readonly [Target, ...Target[]]
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  /** In US dollars. */
  readonly maxCost?: number | undefined
  /** A folder that keeps whole answers. */
  readonly cache?: string | undefined
  /** A file that every exchange is added to. */
  readonly record?: string | undefined
}

/** Failures that another model may not have: all but those of the key, the request, this machine and the money. */
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

/** Asks until there is a whole answer: the first model, and then those that are to be asked instead. Throws LlmFailure. */
export async function askModels(question: Question, io: Surroundings, listener: AnswerListener = {}): Promise<Result> {
  if (question.record !== undefined) appendText(question.record, '')
  const started = Date.now()
  const elapsedMs = () => Date.now() - started
  const outcome = await askInTurn(question, io, elapsedMs, listener).catch((error: unknown) => {
    if (error instanceof LlmFailure) return error
    throw error
  })
  const [first] = question.targets
  if (question.record !== undefined) {
    const { appendRecord } = await import('../exchange/record.ts')
    const secrets = secretsOf(io.env, question.callOptions.headers, question.key.key)
    const request = requestTo(first, question)
    const seconds = elapsedMs() / 1000
    await appendRecord({ path: question.record, label: first.label, request, outcome, seconds, secrets })
  }
  if (outcome instanceof LlmFailure) throw outcome
  return outcome
}

/** What is asked of one of the targets. */
export function requestTo(
  target: Target,
  { messages, sampling }: Pick<Question, 'messages' | 'sampling'>,
): ChatRequest {
  return { model: target.kind === 'server' ? target.model : target.label, messages, sampling }
}

async function askInTurn(
  question: Question,
  io: Surroundings,
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
  for (const [index, target] of question.targets.entries()) {
    const timeoutMs = question.callOptions.timeoutMs - elapsedMs()
    try {
      return await askOne(target, { ...question, callOptions: { ...question.callOptions, timeoutMs } }, io, listener)
    } catch (error) {
      const next = question.targets[index + 1]
      const mayBeBetter = error instanceof LlmFailure && ELSEWHERE_BETTER.has(error.kind) && !hasSpoken
      if (!next || !mayBeBetter || elapsedMs() >= question.callOptions.timeoutMs) throw error
      io.warn(`${error.message}: asking ${next.label} instead`)
    }
  }
  throw new Error('nobody was asked')
}

async function askOne(target: Target, question: Question, io: Surroundings, listener: AnswerListener): Promise<Result> {
  const price = priceOf(target.label, question)
  const asked = requestTo(target, question)
  const request = question.maxCost === undefined ? asked : withinBudget(target, asked, question.maxCost, price)
  const cache = await cacheFor(target, request, question, io)
  const kept = cache?.read()
  if (kept) return kept
  const result = await askTarget(target, request, question, io, listener).catch((error: unknown) => {
    if (request === asked || !(error instanceof LlmFailure) || error.kind !== 'length') throw error
    const { partial, usage } = error
    throw new LlmFailure('budget', `${target.label}: the answer was cut off where --max-cost is used up`, {
      partial,
      usage,
    })
  })
  const priced = { ...result, answer: withCost(result.answer, price) }
  cache?.store(priced)
  return priced
}

/**
 * Finds out before the first request that a price is not known, of any of the models.
 *
 * @throws UsageError
 */
export function requirePrices({ targets, maxCost, ...prices }: Question): void {
  if (maxCost === undefined) return
  for (const target of targets) if (!priceOf(target.label, prices)) requireFree(target)
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

function withCost(answer: Answer, price: Price | undefined): Answer {
  return { ...answer, usage: { ...answer.usage, cost: costOf(answer.usage, price) } }
}

/** A recorded answer needs no cache. */
async function cacheFor(
  target: Target,
  request: ChatRequest,
  question: Question,
  { warn }: Surroundings,
): Promise<Cache | undefined> {
  if (question.cache === undefined || target.kind === 'replay') return undefined
  const { openCache } = await import('../exchange/cache.ts')
  const what =
    target.kind === 'exec'
      ? [target.command, request]
      : [target.baseUrl, target.api, writeBody(target, request, question.callOptions.fields)]
  return openCache(question.cache, what, warn)
}
