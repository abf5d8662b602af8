import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countNewlines } from '../src/count-newlines.ts'

test('any range of any bytes at any place in memory is counted', () => {
  const bytes = fc.array(fc.constantFrom(10, 10, 0, 11, 9, 0x8a, 255, 120), { maxLength: 3000 })
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(3000), fc.nat(3000), (values, shift, one, other) => {
      const memory = Buffer.concat([Buffer.alloc(shift), Buffer.from(values)])
      const view = memory.subarray(shift)
      const [from, to] = [Math.min(one, other, values.length), Math.min(Math.max(one, other), values.length)]
      expect(countNewlines(view, from, to)).toBe(values.slice(from, to).filter((value) => value === 10).length)
    }),
    { numRuns: 2000 },
  )
})

test('more than a lane can hold', () => {
  expect(countNewlines(Buffer.alloc(100_000, 10), 1, 99_999)).toBe(99_998)
})
