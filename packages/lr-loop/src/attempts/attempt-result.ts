import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EndReason, Usage } from '@loop-runner/stop-rules'
import { readView } from '../runs/run-state.ts'
import { scoresOf, secondsOf } from '../runs/run-view.ts'
import type { Summary } from '../summary.ts'
import type { Variation } from './variation.ts'

/** The result of one attempt, as in `--json`. */
export interface AttemptResult extends Variation {
  readonly attempt: number
  readonly status: number
  /** `stopped` where another one had passed first. */
  readonly reason: EndReason | 'stopped'
  readonly iterations: number
  readonly scores: readonly number[]
  readonly commits: readonly string[]
  readonly usage: Usage
  readonly seconds: number
  /** Its folder. */
  readonly run: string
  /** Whether its versions are the ones that were kept. */
  readonly kept: boolean
}

/**
 * Reads the result from the folder of an attempt.
 *
 * @param ended how its process ended
 * @param run its folder; it has no summary where the process was killed, or never came to be
 */
export function readResult(
  variation: Variation & { readonly attempt: number },
  ended: Pick<AttemptResult, 'status' | 'reason'>,
  run: string,
): AttemptResult {
  const view = readView(run)
  const { usage } = view
  const told = { iterations: usage.calls, scores: scoresOf(view), commits: [], seconds: secondsOf(view) }
  const { iterations, scores, commits, seconds, ...summary } = { ...told, ...readSummary(run) }
  const { status = ended.status, reason = ended.reason } = ended.reason === 'stopped' ? ended : summary
  return { ...variation, status, reason, iterations, scores, commits, usage, seconds, run, kept: false }
}

function readSummary(run: string): Partial<Summary> {
  try {
    return JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as Summary
  } catch {
    return {}
  }
}

const CUT_SHORT = new Set<AttemptResult['reason']>(['error', 'interrupted', 'stopped'])

/** Whether it came to an end of its own, by a decision and not by a failure. */
export function isWhole({ reason }: Pick<AttemptResult, 'reason'>): boolean {
  return !CUT_SHORT.has(reason)
}

/**
 * The attempt whose versions are kept: the first one that passed, else the one with the best score, if that is better than
 * what they all started from; of equals the first one.
 *
 * @param results in the order in which they ended
 * @param baseline the score that they started from
 * @param keep which state each has left behind
 */
export function chooseAttempt(
  results: readonly AttemptResult[],
  baseline: number,
  keep: 'best' | 'last',
): AttemptResult | undefined {
  const passed = results.find(({ status }) => status === 0)
  if (passed) return passed
  const scored = results
    .filter((result) => isWhole(result) && result.commits.length > 0)
    .map((result) => ({ result, score: scoreLeft(result, keep) }))
    .sort((one, other) => other.score - one.score || one.result.attempt - other.result.attempt)
  const [best] = scored
  return best && best.score > baseline ? best.result : undefined
}

/** The score of the state that an attempt left behind. */
export function scoreLeft({ scores }: Pick<AttemptResult, 'scores'>, keep: 'best' | 'last'): number {
  return keep === 'best' ? Math.max(0, ...scores) : (scores.at(-1) ?? 0)
}
