// Kills whole loops at random instants, every other one with all its children, and goes on with each: it has to end as an
// undisturbed run does, without a second call for a reply that was there. The tests try a few.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep-loop.ts [COUNT]
import { killSweep } from '../packages/lr-loop/test/support/kill-sweep.ts'

const { findings, line } = await killSweep(Number(process.argv[2] ?? 200))
for (const { afterMs, whole, wrong } of findings) {
  console.log(`after ${Math.round(afterMs)} ms${whole ? ', with its children' : ''}\n  ${wrong.join('\n  ')}`)
}
console.log(line)
if (findings.length > 0) process.exitCode = 1
