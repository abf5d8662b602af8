import { describe, expect, test } from 'vitest'
import { FairQueue } from '../../src/shared/fair-queue.ts'
import { RateWindow } from '../../src/shared/rate-window.ts'

describe('a sliding window of rates', () => {
  const SPAN = 1000 + 250
  test.each([
    { title: 'no limit', rates: {}, sent: [[0, 9]], tokens: 1e9, now: 0, wait: 0 },
    { title: 'requests left', rates: { requests: 2 }, sent: [[0, 1]], tokens: 1, now: 10, wait: 0 },
    {
      title: 'no request left',
      rates: { requests: 2 },
      sent: [
        [0, 1],
        [100, 1],
      ],
      tokens: 1,
      now: 200,
      wait: SPAN - 200,
    },
    { title: 'one left the window', rates: { requests: 1 }, sent: [[0, 1]], tokens: 1, now: SPAN, wait: 0 },
    { title: 'tokens left', rates: { tokens: 10 }, sent: [[0, 4]], tokens: 6, now: 10, wait: 0 },
    {
      title: 'tokens of the first must go',
      rates: { tokens: 10 },
      sent: [
        [0, 4],
        [100, 4],
      ],
      tokens: 5,
      now: 200,
      wait: SPAN - 200,
    },
    {
      title: 'tokens of both must go',
      rates: { tokens: 10 },
      sent: [
        [0, 4],
        [100, 4],
      ],
      tokens: 9,
      now: 200,
      wait: SPAN - 100,
    },
    { title: 'more than the limit, window empty', rates: { tokens: 10 }, sent: [], tokens: 99, now: 0, wait: 0 },
    {
      title: 'more than the limit, window in use',
      rates: { tokens: 10 },
      sent: [[0, 1]],
      tokens: 99,
      now: 1,
      wait: SPAN - 1,
    },
    { title: 'both', rates: { requests: 1, tokens: 10 }, sent: [[0, 1]], tokens: 1, now: 250, wait: 1000 },
  ])('$title: $wait ms', ({ rates, sent, tokens, now, wait }) => {
    const window = new RateWindow({ requests: undefined, tokens: undefined, ...rates, windowMs: 1000 })
    for (const [at = 0, used = 0] of sent) window.add(used, at)
    expect(window.waitFor(tokens, now)).toBe(wait)
  })

  test('never are more requests in a window than allowed, whatever their order', () => {
    const window = new RateWindow({ requests: 3, tokens: undefined, windowMs: 1000 })
    const sent: number[] = []
    for (let now = 0; sent.length < 40; now += window.waitFor(1, now) || 37) {
      if (window.waitFor(1, now) > 0) continue
      window.add(1, now)
      sent.push(now)
    }
    for (const [index, at] of sent.entries()) expect((sent[index + 3] ?? Infinity) - at).toBeGreaterThan(1000)
  })
})

describe('the order of a fair queue', () => {
  /** Takes everything, as `ends` after each start says, and returns the order. */
  function drain(queue: FairQueue<string>, isEnding: boolean): string {
    const order: string[] = []
    for (let next = queue.peek(); next; next = queue.peek()) {
      queue.remove(next.client, next.item)
      queue.started(next.client)
      if (isEnding) queue.ended(next.client)
      order.push(next.item)
    }
    return order.join(' ')
  }

  test.each([
    { title: 'one client: in order', items: 'a1 a2 a3', order: 'a1 a2 a3' },
    { title: 'clients take turns', items: 'a1 a2 a3 b1 c1 b2', order: 'a1 b1 c1 a2 b2 a3' },
    { title: 'a retry is first', items: 'a1 b1 c1!', order: 'c1 a1 b1' },
    { title: 'retries in order', items: 'a1 b1! a2!', order: 'b1 a2 a1' },
  ])('$title', ({ items, order }) => {
    for (const isEnding of [true, false]) {
      const queue = new FairQueue<string>()
      for (const item of items.split(' ')) queue.push(item[0] ?? '', item.replace('!', ''), item.endsWith('!'))
      expect(queue.size).toBe(items.split(' ').length)
      expect(drain(queue, isEnding)).toBe(order)
      expect(queue.size).toBe(0)
    }
  })

  test('a client whose requests run long gets no more of the places', () => {
    const queue = new FairQueue<string>()
    for (const item of ['a1', 'a2', 'a3']) queue.push('a', item, false)
    for (const _ of [1, 2]) {
      const next = queue.peek()
      queue.remove('a', next?.item ?? '')
      queue.started('a')
    }
    queue.push('b', 'b1', false)
    expect(queue.peek()?.item).toBe('b1')
    queue.remove('a', 'a3')
    expect(queue.items()).toEqual(['b1'])
  })
})
