// One loop of many replies: how much its process grew, and what it left behind.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/soak-loop.ts [REPLIES]
import { soak } from '../../packages/lr-loop/test/support/soak.ts'

const { status, replies, grownMegabytes, grownDescriptors, temporaryFiles, processesLeft } = await soak(
  Number(process.argv[2] ?? 200),
)
const left = [...temporaryFiles, ...(processesLeft ? ['processes'] : [])].join(', ') || 'nothing'
console.log(
  `${replies} replies, status ${status}: ${grownMegabytes.toFixed(1)} MB more (target: 20), ${grownDescriptors} descriptors more, left behind: ${left}`,
)
if (grownMegabytes >= 20 || grownDescriptors > 0 || left !== 'nothing') process.exitCode = 1
