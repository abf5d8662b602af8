import { describeTraits } from '../attempts/variation.ts'
import { writeCost, writeCount, writeSeconds } from '@loop-runner/cli-kit'
import type { AttemptView } from './attempt-view.ts'
import { secondsOf } from './run-view.ts'
import { writeTable } from './write-table.ts'
import { showScore } from '../show-score.ts'

/** Which attempt the files are of, and why; undefined where none is kept. */
export function describeKept(attempts: readonly AttemptView[]): string | undefined {
  const kept = attempts.find((attempt) => attempt.kept)
  if (!kept) return undefined
  const why = kept.passed ? 'the first that passed' : `none passed, and its score is the best: ${writeScore(kept)}`
  return `attempt ${kept.attempt} (${why})`
}

/** A line an attempt. */
export function tableOfAttempts(attempts: readonly AttemptView[]): string[] {
  return writeTable(
    [
      { heading: '', isFigure: true },
      { heading: 'outcome' },
      { heading: 'score', isFigure: true },
      { heading: 'replies', isFigure: true },
      { heading: 'tokens', isFigure: true },
      { heading: 'cost', isFigure: true },
      { heading: 'time', isFigure: true },
      { heading: 'commit' },
      { heading: 'what is different' },
    ],
    attempts.map((attempt) => {
      const { view, state } = attempt
      const { calls, tokens, cost } = view.usage
      return [
        String(attempt.attempt),
        state,
        writeScore(attempt),
        writeCount(calls),
        writeCount(tokens),
        cost === undefined ? '-' : writeCost(cost),
        writeSeconds(secondsOf(view)),
        view.commits.at(-1)?.slice(0, 12) ?? '-',
        describeTraits(attempt),
      ]
    }),
  )
}

function writeScore({ score }: AttemptView): string {
  return score === undefined ? '-' : showScore(score)
}
