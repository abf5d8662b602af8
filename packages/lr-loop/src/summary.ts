import { lastCheck } from '@loop-runner/run-report'
import type { EndReason, ReplyKind, Usage } from '@loop-runner/stop-rules'
import type { AttemptResult } from './attempts/attempt-result.ts'
import { describeEnd } from './describe-summary.ts'
import { visibleText } from '@loop-runner/cli-kit'
import type { RunView } from './runs/run-view.ts'

/** A reply and the check after it. */
export interface RoundSummary {
  /** 0 is the check before any reply. */
  readonly iteration: number
  readonly reply: ReplyKind | null
  /** The text of the model besides new versions. */
  readonly explanation: string
  /** Why versions were refused. */
  readonly rejected: readonly string[]
  /** Null if the run ended before the check. */
  readonly score: number | null
  readonly seconds: number
}

/** The output of `--json`, and the content of `summary.json`. */
export interface Summary {
  /** The exit code. */
  readonly status: number
  /** Why it ended; `error` if a stage failed, `interrupted` on a signal. */
  readonly reason: EndReason
  /** The reason in words. */
  readonly message: string
  /** The failure, if the reason is `error`. */
  readonly error?: string | undefined
  /** Replies received. */
  readonly iterations: number
  /** Of every round, the first being the check before any reply. */
  readonly scores: readonly number[]
  /** The best score, and the score of the files as they are now; null without a check. */
  readonly best: number | null
  readonly final: number | null
  /** Doubts about the result of the last check: suspicious code, a doubtful pass. */
  readonly doubts: readonly string[]
  /** Known failures that the last check left out. */
  readonly known: number
  readonly rounds: readonly RoundSummary[]
  readonly branch: string | null
  readonly commits: readonly string[]
  /** The folder of the run. */
  readonly run: string
  readonly usage: Usage
  readonly seconds: number
  /** In the order in which they ended; iterations and scores of the run are those of the kept one. */
  readonly attempts?: readonly AttemptResult[]
}

/**
 * @param view of the journal of the run
 * @param attempts undefined if there is only the loop itself
 */
export function summarize(
  view: RunView,
  end: Pick<Summary, 'status' | 'reason' | 'error' | 'run' | 'seconds' | 'usage'>,
  attempts?: readonly AttemptResult[],
): Summary {
  const { status, reason, error, run, usage, seconds } = end
  const kept = attempts?.find((result) => result.kept)
  const rounds = view.rounds.filter(({ iteration, reply }) => iteration === 0 || reply).map(roundOf)
  const own = rounds.flatMap(({ score }) => (score === null ? [] : [score]))
  const scores = kept?.scores ?? own
  return {
    status,
    reason,
    message: messageOf(view, { status, reason }),
    error,
    iterations: kept?.iterations ?? view.replies,
    scores,
    best: scores.length === 0 ? null : Math.max(...scores),
    final: view.finalScore ?? null,
    ...remarksOf(view),
    rounds,
    branch: view.branch ?? null,
    commits: view.commits,
    run,
    usage,
    seconds,
    ...(attempts === undefined ? {} : { attempts }),
  }
}

function remarksOf({ rounds }: RunView): Pick<Summary, 'doubts' | 'known'> {
  const { doubts = [], known = 0 } = lastCheck(rounds) ?? {}
  return { doubts, known }
}

/** How a run ended, with the reason that the stop command or the model gave. */
export function messageOf({ custom, rounds }: RunView, end: Pick<Summary, 'status' | 'reason'>): string {
  const message = describeEnd(end)
  const given =
    end.reason === 'blocked' ? rounds.findLast(({ reply }) => reply)?.reply?.explanation.split('\n')[0] : custom
  const isGiven = (end.reason === 'blocked' || end.reason === 'custom') && given
  return isGiven ? `${message}: ${visibleText(given)}` : message
}

function roundOf({ iteration, reply, score, seconds }: RunView['rounds'][number]): RoundSummary {
  const { reply: kind = null, explanation = '', rejected = [] } = reply ?? {}
  return { iteration, reply: kind, explanation, rejected, score: score ?? null, seconds }
}

/** A summary as JSON; an unknown cost is null. */
export function writeSummary(summary: Summary, indent?: number): string {
  const orNull = (key: string, value: unknown) => (key === 'cost' ? (value ?? null) : value)
  return `${JSON.stringify(summary, orNull, indent)}\n`
}
