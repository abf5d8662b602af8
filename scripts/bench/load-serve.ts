// The figures of lr-llm serve in docs/service.md: streams at once through a service, in front of good, slow, busy, failing
// and truncating servers.   npx tsx --conditions=source scripts/bench/load-serve.ts [STREAMS] [ROUNDS] [SPREAD_MS]
import { loadDirectly, loadService, type Outcome, PIECES } from '../../packages/lr-llm/test/support/load-service.ts'

const [streams = 200, rounds = 5, spreadMs = 1500] = process.argv.slice(2).map(Number)
const whole = PIECES.join('')

const direct = await loadDirectly(streams, spreadMs)
const { outcomes, peakMb } = await loadService({ streams, rounds, spreadMs })
const lost = outcomes.filter(({ isComplete, isError }) => !isComplete && !isError)
const damaged = outcomes.filter(({ isComplete, text }) => isComplete && !text.endsWith(`]${whole}`))
console.log(
  `${outcomes.length} streams, ${streams} at once: ${outcomes.filter(({ isComplete }) => isComplete).length} complete,`,
)
console.log(
  `${outcomes.filter(({ isError }) => isError).length} with an error, ${lost.length} lost, ${damaged.length} damaged unnoticed`,
)
console.log(`first text, p50 / p95: ${percentiles(outcomes)} ms; without the service ${percentiles(direct)} ms`)
console.log(`largest memory of the service: ${peakMb ?? '?'} MB`)

function percentiles(measured: readonly Outcome[]): string {
  const times = measured.flatMap(({ firstTextMs }) => firstTextMs ?? []).toSorted((left, right) => left - right)
  return [0.5, 0.95].map((share) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)).join(' / ')
}
