import { join } from 'node:path'
import { parseJson, UsageError, userConfigFolder } from '@loop-runner/cli-kit'
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.ts'
import { readTextFile } from '../request/read-text-file.ts'
import type { Price } from '../call/budget.ts'

export type PriceList = ReadonlyMap<string, Price>

/** The list that `lr-llm prices update` keeps. */
export function keptPricesPath(env: NodeJS.ProcessEnv): string {
  return join(userConfigFolder(env), 'prices.json')
}

/**
 * Prices by model from a file, in one of the two common forms: a mapping of models to `input_cost_per_token` and
 * `output_cost_per_token` (LiteLLM's list), or a list of models with `pricing` (OpenRouter's `/api/v1/models`).
 *
 * @throws UsageError for a file that cannot be read, or holds no price
 */
export function readPriceList(path: string): PriceList {
  const payload = parseJson(readTextFile(path))
  const listed = Array.isArray(payload) ? payload : listOf(objectOf(payload)['data'])
  const entries =
    listed.length > 0
      ? listed
          .filter(isObject)
          .map(
            (entry) =>
              [
                textOf(entry['id']),
                withWindow(priceOfListed(objectOf(entry['pricing'])), entry['context_length']),
              ] as const,
          )
      : Object.entries(objectOf(payload)).map(([name, mapped]) => {
          const entry = objectOf(mapped)
          return [name, withWindow(priceOfMapped(entry), entry['max_input_tokens'])] as const
        })
  const prices = new Map<string, Price>()
  for (const [name, price] of entries) if (name !== undefined && price) prices.set(name, price)
  if (prices.size > 0) return prices
  throw new UsageError(
    `${path}: no prices found (expected a JSON object of models with input_cost_per_token, or OpenRouter's list of models)`,
  )
}

/** The price of a model by its full name, else by its name alone, however the list spells its provider. */
export function findPrice(prices: PriceList, label: string): Price | undefined {
  const name = label.slice(label.indexOf('/') + 1)
  const last = name.slice(name.lastIndexOf('/') + 1)
  return [label, label.replace(/^together\//, 'together_ai/'), name, last]
    .map((key) => prices.get(key))
    .find((price) => price !== undefined)
}

function priceOfMapped(entry: JsonObject): Price | undefined {
  const [input, output] = [perMillion(entry['input_cost_per_token']), perMillion(entry['output_cost_per_token'])]
  if (input === undefined || output === undefined) return undefined
  const cached = perMillion(entry['cache_read_input_token_cost'])
  const thought = perMillion(entry['output_cost_per_reasoning_token']) || undefined
  return { input, output, thought, cached, written: perMillion(entry['cache_creation_input_token_cost']) }
}

function priceOfListed(pricing: JsonObject): Price | undefined {
  const [input, output] = [perMillion(pricing['prompt']), perMillion(pricing['completion'])]
  if (input === undefined || output === undefined) return undefined
  const cached = perMillion(pricing['input_cache_read'])
  // Most models have a 0 there, though their thoughts are charged as output.
  const thought = perMillion(pricing['internal_reasoning']) || undefined
  return { input, output, thought, cached, written: perMillion(pricing['input_cache_write']) }
}

function withWindow(price: Price | undefined, tokens: unknown): Price | undefined {
  const window = numberOf(tokens)
  return price === undefined || window === undefined || !(window >= 1) ? price : { ...price, window }
}

/** Negative prices stand for "it depends". */
function perMillion(value: unknown): number | undefined {
  const price = typeof value === 'string' && value !== '' ? Number(value) : numberOf(value)
  return price === undefined || !(price >= 0) ? undefined : Number((price * 1e6).toPrecision(8))
}
