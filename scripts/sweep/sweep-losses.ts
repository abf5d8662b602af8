// Files of every kind are changed by a reply, and every command of lr-git is run on them, and killed at every call that
// changes something: what the files held before must be in the tree, or in a commit, branch or file that the output names.
// The tests try a part of it.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/sweep-losses.ts [EVERY-NTH-KILL] [PART/PARTS]
import { LOSS_ROWS } from '../../packages/lr-git/test/support/loss-rows.ts'
import { sweepLosses } from '../../packages/lr-git/test/support/loss-table.ts'

const [share = '1', parts = '1/1'] = process.argv.slice(2)
const [part = 1, of = 1] = parts.split('/').map(Number)
const rows = LOSS_ROWS.filter((_, index) => index % of === part - 1)

const { losses, line } = await sweepLosses(rows, Number(share), 4)
for (const loss of losses.slice(0, 20)) console.log(loss)
console.log(line)
if (losses.length > 0) process.exitCode = 1
