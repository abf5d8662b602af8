import { hasProgram } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { LOSS_ROWS } from './support/loss-rows.ts'
import { sweepLosses } from './support/loss-table.ts'

/** Every so-manieth row and call is tried here; scripts/sweep/sweep-git.ts tries more. */
const SHARE = { rows: 39, calls: 80 }

test.skipIf(!hasProgram('git'))(
  'nothing that was in the tree is lost: it is in the tree, or in a commit, branch or file that the output names (needs git)',
  async () => {
    const rows = LOSS_ROWS.filter((_, index) => index % SHARE.rows === 0)
    const { losses, line } = await sweepLosses(rows, SHARE.calls, 2)
    console.log(line)
    expect(losses).toEqual([])
  },
)

test.skipIf(!hasProgram('git')).each([
  { what: 'an ignored file comes back', kind: 'ignored', start: 'loop', command: 'undo', share: 15, least: 3 },
  {
    what: 'the commit of an untracked file is named',
    kind: 'untracked',
    start: 'none',
    command: 'commit',
    share: 15,
    least: 3,
  },
  { what: 'the bundle stays', kind: 'tracked', start: 'hand', command: 'drop', share: 12, least: 1 },
])('$what by the command given again after a kill (needs git)', async ({ kind, start, command, share, least }) => {
  const rows = LOSS_ROWS.filter((row) => row.kind.name === kind && row.start === start && row.ending[0] === command)
  const { losses, kills } = await sweepLosses(rows, share, 2)
  expect(kills).toBeGreaterThan(least)
  expect(losses).toEqual([])
})
