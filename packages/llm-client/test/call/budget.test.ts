import { tempFolder } from '@loop-runner/test-kit'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { costOf, limitCost, mostCost, priceOf } from '../../src/call/budget.ts'
import type { ChatRequest } from '../../src/request/chat-request.ts'

const LITELLM = { input_cost_per_token: 1e-6, output_cost_per_token: 0, cache_creation_input_token_cost: 2e-6 }
const OPENROUTER = { prompt: '0.000001', completion: '0', input_cache_write: '0.000003' }
const REQUEST: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', text: 'word '.repeat(10_000) }],
  sampling: { stop: [], maxTokens: 10 },
}

test.each([
  { api: 'openai-chat', written: undefined },
  { api: 'anthropic', written: 1.25 },
  { api: 'openai-chat', list: { m: LITELLM }, written: 2 },
  { api: 'openai-chat', list: { data: [{ id: 'm', pricing: OPENROUTER }] }, written: 3 },
  { api: 'anthropic', list: { m: LITELLM }, written: 2 },
] as const)('a prompt may be written to the cache, which costs more: $api $list', ({ api, written, ...given }) => {
  using folder = tempFolder({ 'list.json': JSON.stringify('list' in given ? given.list : {}) })
  const prices = 'list' in given ? { prices: [], priceFile: join(folder.path, 'list.json') } : { prices: ['1,0'] }
  const price = priceOf({ label: 'm', api }, prices)
  expect(price?.written).toBe(written)
  if (!price) throw new Error('no price')
  const most = mostCost(REQUEST, price)
  expect(most / mostCost(REQUEST, { input: 1, output: 0 })).toBeCloseTo(written ?? 1)
  expect(limitCost(REQUEST, 'm', most, price)).toBe(REQUEST)
  expect(() => limitCost(REQUEST, 'm', most * 0.99, price)).toThrow('the prompt alone may cost')
})

const THOUGHTS = { input_cost_per_token: 0, output_cost_per_token: 1e-6, output_cost_per_reasoning_token: 4e-6 }

test.each([
  { title: "LiteLLM's list", list: { m: THOUGHTS }, thought: 4 },
  {
    title: "OpenRouter's list",
    list: { data: [{ id: 'm', pricing: { prompt: '0', completion: '0.000001', internal_reasoning: '0.000004' } }] },
    thought: 4,
  },
  {
    title: 'a list in which 0 stands for the price of output',
    list: { data: [{ id: 'm', pricing: { prompt: '0', completion: '0.000001', internal_reasoning: '0' } }] },
    thought: undefined,
  },
  {
    title: 'a list in which thoughts cost less',
    list: { m: { ...THOUGHTS, output_cost_per_reasoning_token: 5e-7 } },
    thought: 0.5,
  },
])('thoughts have a price of their own in $title, and limits hold for the dearer one', ({ list, thought }) => {
  using folder = tempFolder({ 'list.json': JSON.stringify(list) })
  const price = priceOf({ label: 'm' }, { prices: [], priceFile: join(folder.path, 'list.json') })
  if (!price) throw new Error('no price')
  const own = thought ?? 1
  expect(costOf({ input: 9, output: 1000, reasoning: 600 }, price)).toBeCloseTo((400 + 600 * own) / 1e6, 12)
  expect(costOf({ input: 9, output: 1000, apart: 600, reasoning: 600 }, price)).toBeCloseTo(
    (1000 + 600 * own) / 1e6,
    12,
  )
  expect(costOf({ input: 9, output: 1000, apart: 600 }, price)).toBeCloseTo((1000 + 600 * own) / 1e6, 12)
  expect(costOf({ input: 9, output: 10, reasoning: 600 }, price)).toBeCloseTo((10 * own) / 1e6, 12)
  const dearer = Math.max(own, 1)
  expect(mostCost(REQUEST, price)).toBeCloseTo((10 * dearer) / 1e6, 12)
  expect(limitCost(REQUEST, 'm', (5.5 * dearer) / 1e6, price).sampling.maxTokens).toBe(5)
})
