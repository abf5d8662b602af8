import { UsageError } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { Usage } from '../answer/answer.ts'
import { estimateTokens } from '../request/write-body.ts'

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number
  readonly output: number
}

/** What a token of the prompt may cost more than an estimate of four bytes a token says. */
const MARGIN = 1.3
/** No model writes more, and a limit above what a model can do is turned down. */
const LONGEST_ANSWER = 131_072

/**
 * The price of a model, from entries `IN,OUT` (of any model) and `MODEL=IN,OUT`; the model's own entry counts first.
 *
 * @throws UsageError for an entry that is none
 */
export function priceOf(label: string, entries: readonly string[]): Price | undefined {
  const prices = entries.map((entry) => {
    const [, model, input = '', output = ''] = /^(?:(.+)=)?(\d*\.?\d+),(\d*\.?\d+)$/.exec(entry) ?? []
    if (input === '') throw new UsageError(`option --price: [MODEL=]IN,OUT is expected, not "${entry}"`)
    return { model, price: { input: Number(input), output: Number(output) } }
  })
  const own = prices.find(({ model }) => model === label)
  return (own ?? prices.find(({ model }) => model === undefined))?.price
}

/** What an answer cost in US dollars: as the server says, else by the price; undefined where neither is known. */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (usage.cost !== undefined) return usage.cost
  if (!price || usage.input === undefined || usage.output === undefined) return undefined
  return (usage.input * price.input + usage.output * price.output) / 1e6
}

/**
 * The request with a limit of tokens that keeps it within the budget.
 *
 * @param maxCost in US dollars
 * @throws LlmFailure of kind `budget` where nothing is left for an answer
 */
export function limitCost(request: ChatRequest, label: string, maxCost: number, price: Price): ChatRequest {
  const promptCost = (estimateTokens(request) * MARGIN * price.input) / 1e6
  const tokens = price.output === 0 ? Infinity : Math.floor(((maxCost - promptCost) * 1e6) / price.output)
  if (promptCost > maxCost || tokens < 1) {
    const cost = promptCost.toPrecision(2)
    throw new LlmFailure('budget', `${label}: the prompt alone may cost ${cost} USD, more than --max-cost leaves`)
  }
  if (tokens >= Math.min(request.sampling.maxTokens ?? Infinity, LONGEST_ANSWER)) return request
  return { ...request, sampling: { ...request.sampling, maxTokens: tokens } }
}
