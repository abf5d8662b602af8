import { expect, test } from 'vitest'
import { statusLines } from '../../src/progress/status-lines.ts'

const TIME = '2026-11-21T10:00:00.000Z'
const NOW = new Date('2026-11-21T10:01:40.000Z')

/** The lines while a model is asked, after a check that said this. */
function lines(said: string, columns: number, waitsUntil?: string, settings = {}): string[] {
  const check = { time: TIME, event: 'checked', iteration: 0, passed: false, score: 0.5, said } as const
  const view = {
    beganAt: TIME,
    lastAt: TIME,
    rounds: [{ iteration: 0, seconds: 1, check }],
    iteration: 1,
    stage: { name: 'llm', iteration: 1, since: TIME },
    waitsUntil,
    branch: undefined,
    commits: [],
    mark: undefined,
    end: undefined,
  }
  const whole = { view, attempts: [], usage: { calls: 0, tokens: 0, cost: 0 } }
  return statusLines(whole as never, { limits: { iterations: 100 }, ...settings } as never, NOW, columns)
}

test('a narrow terminal shows what changes, and cuts off the rest', () => {
  expect(lines('one failed', 39)).toEqual([
    '  asking the model 1 min 40 s · iterat…',
    '  score ▅ 0.50 · 0 replies · 0 tokens …',
    '  check: one failed',
  ])
})

test('an agent at work is no model that is asked', () => {
  const [line] = lines('', 80, undefined, { agent: { command: 'codex exec -' } })
  expect(line).toBe('  running the agent 1 min 40 s · iteration 1 of at most 100 · 1 min 40 s in all')
})

test('a wait for a rate limit is shown with the time that is left, until it is over', () => {
  expect(lines('', 100, '2026-11-21T10:06:50.000Z')[0]).toContain(
    'asking the model 1 min 40 s · waiting 5 min 10 s more',
  )
  expect(lines('', 100, '2026-11-21T10:01:39.000Z')[0]).not.toContain('waiting')
})

test.each([
  ['fits', 'abc', 12, '  check: abc'],
  ['is cut off', 'abcd', 12, '  check: ab…'],
  ['takes two columns a character', '失败了', 14, '  check: 失败…'],
  ['fits just so', '失败', 13, '  check: 失败'],
  ['is beyond the basic plane', '🙂🙂🙂', 13, '  check: 🙂…'],
])('no line is wrapped: what %s', (_title, said, columns, expected) => {
  expect(lines(said, columns).at(-1)).toBe(expected)
})
