import { tempFolder } from '@loop-runner/test-kit'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitCost, mostCost, priceOf } from '../../src/call/budget.ts'
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
