import { hasProgram } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { sweep } from './support/sweep.ts'

/** Of all calls, about 1,650, every so-manieth is made to fail in all its ways here; scripts/sweep/sweep-git.ts tries all. */
const SHARE = 99

test.skipIf(!hasProgram('git'))(
  'no fault harms a repository: fsck is clean, HEAD is old or new, the same command then succeeds (needs git)',
  async () => {
    const { tried, findings, line } = await sweep(SHARE, 4)
    console.log(line)
    expect(findings).toEqual([])
    expect(tried).toBeGreaterThanOrEqual(50)
  },
)
