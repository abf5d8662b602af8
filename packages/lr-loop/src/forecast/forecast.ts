import type { PaidModel } from '../look-up-model.ts'

/** An earlier run at the same place with the same model. */
export interface EarlierRun {
  readonly passed: boolean
  /** At least 1. */
  readonly replies: number
  /** 0 if they are not known. */
  readonly tokens: number
  /** US dollars; undefined if it is not known. */
  readonly cost: number | undefined
}

export interface ForecastFacts {
  /** An estimate of the tokens in the first prompt. */
  readonly promptTokens: number
  /** An estimate of the tokens in the sources: an answer that sends all of them again has as many. */
  readonly sourceTokens: number
  readonly earlier: readonly EarlierRun[]
  /** Undefined for a model that costs nothing, and if its price is not known. */
  readonly price: PaidModel['price']
  readonly isFree: boolean
  /** The limit of requests, of all attempts together. */
  readonly most: number
}

/** The expected usage of a number of replies. */
export interface Estimate {
  readonly replies: number
  readonly tokens: number
  /** US dollars; undefined if no price is known. */
  readonly cost: number | undefined
}

export interface Forecast {
  /** Tokens of one reply with its prompt. */
  readonly tokensPerReply: number
  /** One reply, the usual run and a long one by earlier runs, and all that may be requested. */
  readonly one: Estimate
  readonly usual: Estimate | undefined
  readonly long: Estimate | undefined
  readonly most: Estimate
  readonly runs: number
  readonly passed: number
}

/** Tokens and cost of a run, by earlier runs if there are any. Pure. */
export function forecastRun(facts: ForecastFacts): Forecast {
  const { earlier, most, promptTokens, sourceTokens } = facts
  const replies = earlier.map((run) => run.replies).toSorted((left, right) => left - right)
  const counted = earlier.filter(({ tokens }) => tokens > 0)
  const tokensPerReply =
    counted.length === 0
      ? promptTokens + sourceTokens
      : Math.round(sum(counted.map(({ tokens }) => tokens)) / sum(counted.map((run) => run.replies)))
  const costPerReply = costOfReply(facts, tokensPerReply)
  const estimate = (count: number): Estimate => ({
    replies: count,
    tokens: count * tokensPerReply,
    cost: costPerReply === undefined ? undefined : count * costPerReply,
  })
  const at = (share: number) => {
    const count = replies[Math.max(0, Math.ceil(replies.length * share) - 1)]
    return count === undefined ? undefined : estimate(Math.min(count, most))
  }
  return {
    tokensPerReply,
    one: estimate(1),
    usual: at(0.5),
    long: at(0.9),
    most: estimate(most),
    runs: earlier.length,
    passed: earlier.filter(({ passed }) => passed).length,
  }
}

/** The average cost of a reply in earlier runs, else the price of the prompt and of the rest of a reply. */
function costOfReply(
  { earlier, price, isFree, promptTokens }: ForecastFacts,
  tokensPerReply: number,
): number | undefined {
  if (isFree) return 0
  const paid = earlier.flatMap(({ cost, replies }) => (cost === undefined ? [] : [{ cost, replies }]))
  if (paid.length > 0) return sum(paid.map(({ cost }) => cost)) / sum(paid.map(({ replies }) => replies))
  if (!price) return undefined
  const input = Math.min(promptTokens, tokensPerReply)
  return (input * price.input + (tokensPerReply - input) * price.output) / 1e6
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
