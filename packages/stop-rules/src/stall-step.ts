import type { Round } from './round.ts'

/**
 * Whether the loop has stalled. A round is progress if its score is the best so far, or if it fails in a way not seen
 * before: a check that only knows pass and fail must not look like a standstill while one finding after the other goes.
 *
 * @param rounds oldest first; the first is the check before any reply
 * @param patience rounds in a row without progress before a restart from the best state; after as many more the loop ends
 */
export function stallStep(rounds: readonly Round[], patience: number): 'continue' | 'restart' | 'stop' {
  // A request for more files is a call, not a failure.
  if (isRequest(rounds.at(-1))) return 'continue'
  const [start, ...replies] = rounds.filter((round) => !isRequest(round))
  if (start === undefined) return 'continue'
  const failures = new Set([start.failure])
  let best = start.score
  let idle = 0
  let restarts = 0
  let step: 'continue' | 'restart' | 'stop' = 'continue'
  for (const { score, failure, reply } of replies) {
    step = 'continue'
    const better = score > best
    idle = reply?.kind === 'changed' && (better || !failures.has(failure)) ? 0 : idle + 1
    if (better) restarts = 0
    best = Math.max(best, score)
    failures.add(failure)
    if (idle < patience) continue
    step = restarts === 0 ? 'restart' : 'stop'
    restarts++
    idle = 0
  }
  return step
}

function isRequest(round: Round | undefined): boolean {
  return round?.reply?.kind === 'asked'
}
