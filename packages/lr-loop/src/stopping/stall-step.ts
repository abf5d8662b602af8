import type { Round } from './round.ts'

/** So many rounds in a row without progress, and the loop starts again from the best state; the second time it ends. */
const PATIENCE = 2

/**
 * Whether the loop has stalled (research/fix-loops.md 4.1, rules 4 and 5). A round is progress when its score is the best
 * so far, or when it fails in a way that has not been seen: a check that only knows pass and fail must not look like a
 * standstill while one finding after the other goes.
 *
 * @param rounds oldest first; the first is the check before any reply
 */
export function stallStep(rounds: readonly Round[]): 'go-on' | 'restart' | 'stop' {
  const [start, ...replies] = rounds
  const failures = new Set([start?.failure])
  let best = start?.score ?? 0
  let idle = 0
  let restarts = 0
  let step: 'go-on' | 'restart' | 'stop' = 'go-on'
  for (const { score, failure, reply } of replies) {
    const better = score > best
    const isProgress = reply?.kind === 'changed' && (better || !failures.has(failure))
    idle = isProgress ? 0 : idle + 1
    if (better) restarts = 0
    best = Math.max(best, score)
    failures.add(failure)
    step = 'go-on'
    if (idle < PATIENCE) continue
    step = restarts === 0 ? 'restart' : 'stop'
    restarts++
    idle = 0
  }
  return step
}
