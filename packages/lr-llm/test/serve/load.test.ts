import { expect, test } from 'vitest'
import { type Kind, loadService, PIECES } from '../support/load-service.ts'

/** Of an answer that is complete after its first piece. */
const WHOLE = PIECES.join('')
const COMPLETE: ReadonlySet<Kind> = new Set(['good', 'slow', 'busy'])

test('of 120 streams at once none is lost, and none is truncated without an error', async () => {
  const { outcomes, peakMb = 0 } = await loadService({ streams: 120 })
  expect(outcomes).toHaveLength(120)
  for (const { kind, isComplete, isError, text } of outcomes) {
    const isExpected = COMPLETE.has(kind)
    expect({ kind, isComplete, isError }).toEqual({ kind, isComplete: isExpected, isError: !isExpected })
    if (isExpected) expect(text.replace(/^\[[^\]]*\]/, '')).toBe(WHOLE)
    else expect(text.replace(/^\[[^\]]*\]/, '')).toSatisfy((part: string) => WHOLE.startsWith(part))
  }
  expect(peakMb).toBeLessThan(150)
})
