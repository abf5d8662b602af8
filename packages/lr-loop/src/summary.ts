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

/** The end of a run for a person: what came out, where it is, how to keep it, to take it back or to go on. */
export function describeSummary(summary: Summary): string[] {
  const { reason, status, iterations, scores, branch, commits, run } = summary
  const end =
    status === 0 && reason !== 'passed' ? `${ENDS.passed}, brought back to the best state (${reason})` : ENDS[reason]
  const shown = scores.map((score) => score.toFixed(2)).join(' ') || 'none'
  const lines = [`${end} (${plural(iterations, 'iteration')}, scores ${shown})`]
  if (branch !== null) {
    lines.push(`branch: ${branch} (${plural(commits.length, 'commit')}; what was done and why: FIXES.md)`)
    lines.push('keep it: lr-git finish, or lr-git finish --squash; take it back: lr-git abandon')
  }
  lines.push(`history: ${run}`)
  if (reason === 'error' || reason === 'interrupted') lines.push(`go on: lr-loop --resume ${run}`)
  return lines
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
