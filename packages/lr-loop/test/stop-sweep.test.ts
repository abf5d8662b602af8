import { expect, test } from 'vitest'
import { hasProgram } from '@loop-runner/test-kit'
import { stopSweep } from './support/stop-sweep.ts'

test.skipIf(!hasProgram('git'))(
  'a loop stopped at a random instant leaves its best state and can be resumed (git)',
  async () => {
    const { findings, line } = await stopSweep(2)
    console.log(line)
    expect(findings).toEqual([])
  },
)
