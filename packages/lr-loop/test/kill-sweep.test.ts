import { expect, test } from 'vitest'
import { hasProgram } from '@loop-runner/test-kit'
import { killSweep } from './support/kill-sweep.ts'

test.skipIf(!hasProgram('git'))(
  'a loop killed at a random instant and resumed ends as if nothing had been (git)',
  async () => {
    const { findings, line } = await killSweep(4)
    console.log(line)
    expect(findings).toEqual([])
  },
)
