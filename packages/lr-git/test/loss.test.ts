import { hasProgram } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { LOSS_ROWS, sweepLosses } from './support/loss-table.ts'

/** Every so-manieth row and call is tried here; scripts/sweep-git.ts tries more. */
const SHARE = { rows: 13, calls: 80 }

test.skipIf(!hasProgram('git'))(
  'nothing that was in the tree is lost: it is in the tree, or in a commit, branch or file that the output names (needs git)',
  { timeout: 1_200_000 },
  async () => {
    const rows = LOSS_ROWS.filter((_, index) => index % SHARE.rows === 0)
    const { losses, line } = await sweepLosses(rows, SHARE.calls, 2)
    console.log(line)
    expect(losses).toEqual([])
  },
)
