// Kills whole loops at random instants, every other one with all its children, and resumes each: it has to end as an
// undisturbed run does, without a second request for a reply that was there. Then stops loops by signals and deadlines: each
// has to leave its best state. The tests try a few.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/sweep-loop.ts [COUNT]
import { killSweep } from '../../packages/lr-loop/test/support/kill-sweep.ts'
import { stopSweep } from '../../packages/lr-loop/test/support/stop-sweep.ts'

const count = Number(process.argv[2] ?? 200)
const killed = await killSweep(count)
for (const { afterMs, whole, wrong } of killed.findings) {
  console.log(`after ${Math.round(afterMs)} ms${whole ? ', with its children' : ''}\n  ${wrong.join('\n  ')}`)
}
console.log(killed.line)
const stopped = await stopSweep(count)
for (const { afterMs, way, git, wrong } of stopped.findings) {
  console.log(`${way} after ${Math.round(afterMs)} ms${git ? '' : ', --no-git'}\n  ${wrong.join('\n  ')}`)
}
console.log(stopped.line)
if (killed.findings.length + stopped.findings.length > 0) process.exitCode = 1
