import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateTokens } from '../../src/tokens/estimate-tokens.ts'
import { SAYS_WHAT_IS_WRONG, SAYS_WHAT_IT_HOLDS, shorten } from '../../src/evidence/shorten.ts'

function cut(text: string, room: number, matters = SAYS_WHAT_IS_WRONG): string {
  return shorten(text, { room, count: estimateTokens, matters })
}

const MARK = /^\[lr-prompt: \d+ lines left out\]$/

test('what fits stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cut(text, estimateTokens(text))).toBe(text)
    }),
  )
})

test('what does not fit is cut to the room, to lines of the text in their order', () => {
  const line = fc.stringMatching(/^[a-z ]{1,30}$/)
  fc.assert(
    fc.property(fc.array(line, { maxLength: 200 }), fc.integer({ min: 0, max: 400 }), (lines, room) => {
      const text = lines.map((one) => `${one}\n`).join('')
      const short = cut(text, room)
      expect(estimateTokens(short)).toBeLessThanOrEqual(Math.max(room, 14))
      const kept = short.split('\n').filter((one) => one !== '' && !MARK.test(one))
      let at = 0
      for (const one of kept) {
        at = lines.indexOf(one, at) + 1
        expect(at).toBeGreaterThan(0)
      }
    }),
  )
})

test('the beginning, the end and the lines that matter survive, and marks count the rest', () => {
  const noise = Array.from({ length: 500 }, (_, index) => `line ${index}`)
  const lines = [...noise.slice(0, 250), 'E   AssertionError: 1 != 2', ...noise.slice(250)]
  const short = cut(`${lines.join('\n')}\n`, 200)
    .split('\n')
    .slice(0, -1)
  expect(short).toEqual(expect.arrayContaining(['line 0', 'E   AssertionError: 1 != 2', 'line 499']))
  const marks = short.filter((line) => MARK.test(line))
  const left = marks.reduce((sum, mark) => sum + Number(/\d+/.exec(mark)?.[0]), 0)
  expect(left + short.length - marks.length).toBe(lines.length)
})

test('the room is used, also where no line matters more than others', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `line ${index}\n`).join('')
  expect(estimateTokens(cut(text, 1000))).toBeGreaterThan(950)
})

test('one endless line is cut inside', () => {
  const short = cut(`${'x'.repeat(1_000_000)}\n`, 200)
  expect(short).toMatch(/^x+\[lr-prompt: \d+ characters left out\]x+\n$/)
  expect(estimateTokens(short)).toBeLessThanOrEqual(200)
})

test('no half of a character is left', () => {
  for (let length = 400; length < 410; length++) {
    expect(cut(`${'a'.repeat(length % 2)}${'🎉'.repeat(length)}`, 40)).not.toMatch(/\p{Surrogate}/u)
  }
})

test('of a file, what it offers and needs survives', () => {
  const body = Array.from({ length: 300 }, (_, index) => `    x = ${index}\n`)
  const file = ['import os\n', ...body, 'def important(a):\n', ...body, 'class Thing:\n', ...body].join('')
  const short = cut(file, 150, SAYS_WHAT_IT_HOLDS)
  expect(short).toContain('def important(a):\n')
  expect(short).toContain('class Thing:\n')
})
