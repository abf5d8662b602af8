import { expect, test } from 'vitest'
import type { ReportRound } from '@loop-runner/run-report'
import { textLimit } from '../src/html/text-limit.ts'

const round = (prompt: number, text: number) =>
  ({ reply: { prompt: 'x'.repeat(prompt), text: 'x'.repeat(text) } }) as ReportRound

test.each([
  { what: 'no rounds', rounds: [], limit: 1_000_000 },
  { what: 'a usual run is whole', rounds: [round(30_000, 20_000), round(30_000, 20_000)], limit: 1_000_000 },
  { what: 'one long text', rounds: [round(3_000_000, 100)], limit: 999_900 },
  {
    what: '100 rounds',
    rounds: [{ reply: undefined } as ReportRound, ...Array.from({ length: 100 }, () => round(21_000, 16_000))],
    limit: 5000,
  },
])('$what', ({ rounds, limit }) => {
  expect(textLimit({ rounds, attempts: [] })).toBe(limit)
})
