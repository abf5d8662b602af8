import { plural, writeCount } from '@loop-runner/cli-kit'
import type { PaidModel } from '../look-up-model.ts'
import type { Estimate, Forecast, ForecastFacts } from './forecast.ts'

/** A forecast for people. */
export function describeForecast(
  forecast: Forecast,
  facts: ForecastFacts,
  paid: PaidModel | undefined,
  maxCost: number | undefined,
): string[] {
  const { runs, passed, one, usual, long, most } = forecast
  const label = paid?.label ?? ''
  const basis =
    runs === 0
      ? 'no earlier run here with this model: an answer is assumed to be as long as the sources'
      : `earlier runs here with this model: ${runs}, of which ${passed} passed`
  return [
    `prompt: about ${figure(facts.promptTokens)} tokens`,
    describePrice(label, facts),
    basis,
    `one reply: ${describe(one, '')}`,
    ...(usual ? [`half of the earlier runs took at most ${describe(usual)}`] : []),
    ...(long ? [`nine in ten took at most ${describe(long)}`] : []),
    `limit: ${describe(most)}`,
    ...(maxCost === undefined || !one.cost ? [] : [describeBudget(maxCost, one.cost)]),
  ]
}

function describePrice(label: string, { price, isFree }: ForecastFacts): string {
  if (isFree) return 'price: none'
  if (!price)
    return `price${label === '' ? '' : ` of ${label}`}: not known (lr-llm prices update FILE, or --max-total-tokens)`
  return `price of ${label}: ${price.input} USD in, ${price.output} USD out, for a million tokens`
}

function describe({ replies, tokens, cost }: Estimate, count = `${plural(replies, 'reply', 'replies')}, `): string {
  const money = cost === undefined ? 'cost not known' : `${round(cost)} USD`
  return `${count}about ${figure(tokens)} tokens, ${money}`
}

function describeBudget(maxCost: number, costPerReply: number): string {
  return `--max-cost ${maxCost}: enough for about ${plural(round(Math.floor(maxCost / costPerReply)), 'reply', 'replies')}`
}

/** Two digits: more would pretend to know. */
function figure(tokens: number): string {
  return writeCount(round(tokens))
}

function round(value: number): number {
  return Number(value.toPrecision(2))
}
