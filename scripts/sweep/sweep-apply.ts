// Tries every fault at every call that lr-apply makes of the file system, for replies of 1, 5 and 50 files: in memory
// (errors, kills, kills of the recovery, power cuts) and with real processes. The tests try a part of it.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/sweep-apply.ts
import { FAULTS } from '../../packages/file-transaction/test/support/inject-fault.ts'
import {
  sweepFailuresAndKills,
  sweepFaults,
  sweepFullDisk,
  sweepPowerCuts,
  sweepProcesses,
  sweepTwoKills,
} from '../../packages/file-transaction/test/support/sweeps.ts'

const sweeps = [
  () =>
    sweepFaults([
      [1, 1],
      [5, 1],
      [50, 1],
    ]),
  () => sweepTwoKills(3, 1, 1),
  () =>
    sweepFailuresAndKills(
      5,
      1,
      Array.from({ length: 150 }, (_, index) => index + 1),
    ),
  () => sweepPowerCuts(5, 40),
  () => sweepFullDisk([1, 5, 50], 500),
  () =>
    sweepProcesses([
      [1, 1, FAULTS],
      [5, 1, FAULTS],
      [50, 7, FAULTS],
    ]),
]
for (const sweep of sweeps) {
  const tally = await sweep()
  console.log(tally.line())
  for (const problem of tally.problems.slice(0, 20)) console.log(`  ${problem}`)
  if (tally.problems.length > 0) process.exitCode = 1
}
