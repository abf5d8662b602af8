// Streams answers through one lr-llm serve for a long time, in front of good, slow, busy, failing and truncating servers, and
// prints its memory every minute. Ends with 1 if an answer was lost or damaged, or the memory grew.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/soak-serve.ts [MINUTES] [STREAMS]
import { setTimeout } from 'node:timers/promises'
import { loadService, type Outcome, PIECES } from '../../packages/lr-llm/test/support/load-service.ts'

const [minutes = 60, streams = 200] = process.argv.slice(2).map(Number)
/** A round starts its streams in ten seconds; the slowest takes four more. */
const ROUND_MS = 20_000
const SPREAD_MS = 10_000
/** The memory of a process settles in its first minutes. */
const SETTLED_SHARE = 0.2
const MOST_GROWTH_MB = 20

const began = performance.now()
const whole = PIECES.join('')
const memory: number[] = []
const counts = { streams: 0, complete: 0, errors: 0, lost: 0, damaged: 0 }

const { peakMb } = await loadService({ streams, rounds: minutes * 3, spreadMs: SPREAD_MS, onRound })
const settled = memory.slice(Math.floor(memory.length * SETTLED_SHARE))
const half = Math.ceil(settled.length / 2)
const growth = average(settled.slice(half)) - average(settled.slice(0, half))
console.log(JSON.stringify(counts))
console.log(`${minutes} minutes: ${growth.toFixed(1)} MB more in the second half, at most ${peakMb ?? '?'} MB`)
if (counts.lost + counts.damaged > 0 || growth > MOST_GROWTH_MB) process.exitCode = 1

async function onRound(outcomes: readonly Outcome[], megabytes: number | undefined): Promise<void> {
  for (const { isComplete, isError, text } of outcomes) {
    counts.streams++
    if (isComplete) counts.complete++
    if (isError) counts.errors++
    if (!isComplete && !isError) counts.lost++
    if (isComplete && !text.endsWith(`]${whole}`)) counts.damaged++
  }
  memory.push(megabytes ?? 0)
  if (memory.length % 3 === 0)
    console.log(`${memory.length / 3} min: ${megabytes ?? '?'} MB, ${JSON.stringify(counts)}`)
  await setTimeout(Math.max(0, memory.length * ROUND_MS - (performance.now() - began)))
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0)
}
