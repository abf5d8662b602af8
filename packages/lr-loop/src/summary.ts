import type { Reason } from './next-step.ts'
import type { RunState } from './loop-context.ts'
import type { Usage } from './round.ts'

/** What `--json` prints, and `summary.json` holds. */
export interface Summary {
  /** The exit status. */
  readonly status: number
  /** Why it ended; `error` where a stage failed, `interrupted` where a signal ended it. */
  readonly reason: Reason | 'error' | 'interrupted'
  /** Replies that were asked for. */
  readonly iterations: number
  /** Of every round, the first being the check before any reply. */
  readonly scores: readonly number[]
  readonly branch: string | null
  readonly commits: readonly string[]
  /** The run's folder. */
  readonly run: string
  readonly usage: Usage
  readonly seconds: number
}

export function summarize(state: RunState, end: Pick<Summary, 'status' | 'reason' | 'run' | 'seconds'>): Summary {
  const { status, reason, run, seconds } = end
  return {
    status,
    reason,
    iterations: Math.max(0, state.rounds.length - 1),
    scores: state.rounds.map(({ score }) => score),
    branch: state.branch ?? null,
    commits: state.commits,
    run,
    usage: state.usage,
    seconds,
  }
}

const ENDS: Readonly<Record<Summary['reason'], string>> = {
  passed: 'passed: the check passes on the files as they are now',
  declared: 'stopped: the model declared that it is done, but the check still fails',
  'no-new-versions': 'stopped: the reply held no new versions, and the check still fails',
  identical: 'stopped: every new version equals the file as it is, and the check still fails',
  oscillating: 'stopped: the files are in a state that has been tried before',
  custom: 'stopped by the stop command',
  plateau: 'stopped: the score hardly changes any more',
  stalled: 'stopped: no progress, not even from the best state with a fresh prompt',
  'not-whole': 'stopped: two answers in a row were not whole',
  iterations: 'stopped: all iterations are used, and the check still fails',
  timeout: 'stopped: the time is up, and the check still fails',
  budget: 'stopped: the budget is used up, and the check still fails',
  error: 'stopped by an error',
  interrupted: 'interrupted',
}

/** The end of a run for a person: what came out, where it is, how to look at it and how to take it back. */
export function describeSummary(summary: Summary): string[] {
  const { reason, iterations, scores, branch, commits, run } = summary
  const count = iterations === 1 ? '1 iteration' : `${iterations} iterations`
  const lines = [`${ENDS[reason]} (${count}, scores ${scores.map((score) => score.toFixed(2)).join(' ') || 'none'})`]
  if (branch !== null) {
    lines.push(
      `branch: ${branch} (${commits.length === 1 ? '1 commit' : `${commits.length} commits`}; what was done and why: FIXES.md)`,
    )
  }
  lines.push(`history: ${run}`)
  return lines
}
