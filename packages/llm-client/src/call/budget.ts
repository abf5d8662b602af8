import { UsageError } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { Usage } from '../answer/answer.ts'
import type { Api } from '../apis/api-adapter.ts'
import { findPrice, readPriceList } from '../prices/price-list.ts'
import { estimateTokens, TOKEN_MARGIN } from '../request/write-body.ts'

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number
  readonly output: number
  /** Of output tokens that are thoughts; default: that of output. */
  readonly thought?: number | undefined
  /** Of input tokens from the provider's cache; default: that of input. */
  readonly cached?: number | undefined
  /** Of input tokens that are written to the provider's cache; default: 1.25 times that of input. */
  readonly written?: number | undefined
  /** Tokens of a prompt and its answer together, if the list of prices names them. */
  readonly window?: number | undefined
}

interface PricedModel {
  readonly label: string
  readonly api?: Api | undefined
}

/** Where prices are found: entries `IN,OUT` and `MODEL=IN,OUT`, and a list in a file. */
export interface Prices {
  readonly prices: readonly string[]
  readonly priceFile?: string | undefined
}

const TEMPLATE_TOKENS = 16
/** Of the price of input: what Anthropic charges for a token that it writes to its cache for five minutes. */
const WRITE_FACTOR = 1.25
/** Tokens: no model writes more, and a limit above a model's maximum is rejected. */
export const LONGEST_ANSWER = 131_072

/**
 * The price of a model: its own entry, else the entry for any model, else the list's.
 *
 * @throws UsageError for an entry or a list that cannot be read
 */
export function priceOf({ label, api }: PricedModel, { prices: entries, priceFile }: Prices): Price | undefined {
  const prices = entries.map((entry) => {
    const [, model, input = '', output = ''] = /^(?:(.+)=)?(\d*\.?\d+),(\d*\.?\d+)$/.exec(entry) ?? []
    if (input === '') throw new UsageError(`option --price: expected [MODEL=]IN,OUT, not "${entry}"`)
    return { model, price: { input: Number(input), output: Number(output) } }
  })
  const own = prices.find(({ model }) => model === label)
  const entry = (own ?? prices.find(({ model }) => model === undefined))?.price
  const price = entry ?? (priceFile === undefined ? undefined : findPrice(readPriceList(priceFile), label))
  // That API is asked to cache prompts.
  return price && api === 'anthropic' ? { ...price, written: writtenPrice(price) } : price
}

/** What an answer cost in US dollars: as the server says, else by the price; undefined where neither is known. */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (usage.cost !== undefined) return usage.cost
  if (!price || usage.input === undefined || usage.output === undefined) return undefined
  const { input, output, apart = 0, reasoning = 0, cached = 0, written = 0 } = usage
  const fresh = Math.max(0, input - cached - written)
  const prompt = fresh * price.input + cached * (price.cached ?? price.input) + written * writtenPrice(price)
  const all = output + apart
  const thoughts = Math.max(apart, Math.min(reasoning, all))
  return (prompt + (all - thoughts) * price.output + thoughts * (price.thought ?? price.output)) / 1e6
}

/** Of an output token, whether it is a thought or not. */
export function dearestOutput({ output, thought = 0 }: Price): number {
  return Math.max(output, thought)
}

/** The most that a request may cost, in US dollars. */
export function mostCost(request: ChatRequest, price: Price): number {
  const tokens = Math.min(request.sampling.maxTokens ?? Infinity, LONGEST_ANSWER)
  return promptCost(request, price) + (tokens * dearestOutput(price)) / 1e6
}

/** With what the template of a model adds to each message, and as if all of it were written to the provider's cache. */
function promptCost(request: ChatRequest, price: Price): number {
  const tokens = estimateTokens(request) * TOKEN_MARGIN + request.messages.length * TEMPLATE_TOKENS
  return (tokens * Math.max(price.input, price.written ?? 0)) / 1e6
}

function writtenPrice({ written, input }: Price): number {
  return written ?? input * WRITE_FACTOR
}

/**
 * The request with a limit of tokens that keeps it within the budget.
 *
 * @param maxCost in US dollars
 * @throws LlmFailure of kind `budget` where nothing is left for an answer
 */
export function limitCost(request: ChatRequest, label: string, maxCost: number, price: Price): ChatRequest {
  const prompt = promptCost(request, price)
  const output = dearestOutput(price)
  const tokens = output === 0 ? Infinity : Math.floor(((maxCost - prompt) * 1e6) / output)
  if (prompt > maxCost || tokens < 1) {
    const cost = prompt.toPrecision(2)
    throw new LlmFailure('budget', `${label}: the prompt alone may cost ${cost} USD, more than --max-cost leaves`)
  }
  if (tokens >= Math.min(request.sampling.maxTokens ?? Infinity, LONGEST_ANSWER)) return request
  return { ...request, sampling: { ...request.sampling, maxTokens: tokens } }
}
