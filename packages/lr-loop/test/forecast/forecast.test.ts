import { describe, expect, test } from 'vitest'
import { type ForecastFacts, forecastRun } from '../../src/forecast/forecast.ts'

const FACTS: ForecastFacts = {
  promptTokens: 1000,
  sourceTokens: 500,
  earlier: [],
  price: { input: 1, output: 10 },
  isFree: false,
  most: 100,
}
const run = (replies: number, tokens: number, cost?: number, passed = true) => ({ replies, tokens, cost, passed })

describe('forecastRun', () => {
  test('without earlier runs an answer is as long as the sources, at the price of the list', () => {
    expect(forecastRun(FACTS)).toEqual({
      tokensPerReply: 1500,
      one: { replies: 1, tokens: 1500, cost: 0.006 },
      usual: undefined,
      long: undefined,
      most: { replies: 100, tokens: 150_000, cost: 0.6 },
      runs: 0,
      passed: 0,
    })
  })

  test('earlier runs say how long an answer is, how many there are, and what was paid', () => {
    const earlier = [run(1, 2000, 0.01), run(3, 6000, 0.03), run(8, 16_000, 0.08, false)]
    expect(forecastRun({ ...FACTS, earlier })).toMatchObject({
      tokensPerReply: 2000,
      one: { cost: expect.closeTo(0.01) as number },
      usual: { replies: 3, tokens: 6000, cost: expect.closeTo(0.03) as number },
      long: { replies: 8, cost: expect.closeTo(0.08) as number },
      runs: 3,
      passed: 2,
    })
  })

  test.each([
    ['no price', { price: undefined }, undefined],
    ['a model that costs nothing', { price: undefined, isFree: true }, 0],
    ['runs without usage', { earlier: [run(2, 0)] }, 0.006],
    ['runs whose cost is not known', { earlier: [run(2, 4000)] }, 0.011],
    ['a run without a price, with what it cost', { price: undefined, earlier: [run(2, 0, 0.5)] }, 0.25],
  ])('%s', (_, facts: Partial<ForecastFacts>, cost) => {
    expect(forecastRun({ ...FACTS, ...facts }).one.cost).toBe(cost)
  })

  test('no run takes more replies than the limit', () => {
    expect(forecastRun({ ...FACTS, most: 2, earlier: [run(9, 100)] })).toMatchObject({ usual: { replies: 2 } })
  })
})
