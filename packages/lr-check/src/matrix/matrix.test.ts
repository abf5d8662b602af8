import { homedir } from 'node:os'
import { hasProgram } from '@loop-runner/cli-kit/testing'
import { describe, expect, test } from 'vitest'
import { SITUATIONS } from './situations.ts'
import { trySituation } from './try-situation.ts'

const programs = new Set(SITUATIONS.map(({ program }) => program))

for (const program of programs) {
  const situations = SITUATIONS.filter((situation) => situation.program === program)
  describe.skipIf(!hasProgram(program))(`needs ${program}`, () => {
    test.concurrent.each(situations)('$checker: $situation is $outcome', async (situation) => {
      const { outcome, said } = await trySituation(situation, homedir())
      expect(outcome, said).toBe(situation.outcome)
    })
  })
}
