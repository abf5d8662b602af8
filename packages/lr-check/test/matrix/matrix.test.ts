import { homedir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_CHECKERS } from '@loop-runner/checkers'
import { judgeRecorded, RECORDED } from './recorded.ts'
import { type Situation, SITUATIONS } from './situations.ts'
import { trySituation, works } from './try-situation.ts'

const programs = new Set(SITUATIONS.map(({ program }) => program))

for (const program of programs) {
  const situations = SITUATIONS.filter((situation) => situation.program === program)
  describe.skipIf(!works(program))(`needs ${program}`, () => {
    test.concurrent.each(situations)('$checker: $situation is $outcome', async (situation) => {
      const { outcome, said } = await trySituation(situation, homedir())
      expect(outcome, said).toBe(situation.outcome)
    })

    for (const failing of firstFindings(situations)) {
      test.concurrent(`${failing.checker}: the same tree gives the same bytes, wherever it lies`, async () => {
        const args = ['--findings', ...failing.args]
        const once = await trySituation({ ...failing, args }, homedir())
        const twice = await trySituation({ ...failing, args }, homedir())
        expect(twice.said).toBe(once.said)
        expect(once.said).not.toContain('lr-test-')
      })
    }
  })
}

test.each(RECORDED)('recorded: $checker: $situation is $outcome', (recorded) => {
  const { outcome, findings = '' } = recorded
  expect(judgeRecorded(recorded)).toMatchObject(outcome === 'error' ? { outcome } : { outcome, findings })
})

test('every checker is tried', () => {
  const tried = new Set(SITUATIONS.map(({ checker }) => checker))
  expect(Object.keys(BUILT_IN_CHECKERS).filter((name) => !tried.has(name))).toEqual([])
})

/** Of each checker the first situation in which it says something. */
function firstFindings(situations: readonly Situation[]): Situation[] {
  const byChecker = new Map<string, Situation>()
  for (const situation of situations.toReversed()) {
    if (situation.outcome === 'fail') byChecker.set(situation.checker, situation)
  }
  return [...byChecker.values()]
}
