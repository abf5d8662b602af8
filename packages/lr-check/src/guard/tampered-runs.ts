import type { Plan } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'

/**
 * The run that stands for all that were not made, because tests or check scripts have changed.
 *
 * @param findings an empty list, or undefined unless asked for
 */
export function refusedRun(plan: Plan, changes: readonly string[], findings: Run['findings']): Run {
  return tampered({ plan, status: 1, outcome: 'error', stdout: '', stderr: '', score: undefined, findings }, changes)
}

/** Runs whose verdicts count for nothing; the first says why. */
export function tamperedRuns(runs: readonly Run[], changes: readonly string[]): Run[] {
  return runs.map((run, index) => tampered(run, index === 0 ? changes : []))
}

function tampered(run: Run, changes: readonly string[]): Run {
  const said = changes.length === 0 ? '' : writeChanges(changes)
  const stderr = run.stderr === '' || run.stderr.endsWith('\n') ? run.stderr : `${run.stderr}\n`
  return { ...run, outcome: 'error', isTampered: true, stderr: stderr + said, score: { score: 0, deficiencies: [] } }
}

/** The lines that tell a person or a model which changes to undo. */
function writeChanges(changes: readonly string[]): string {
  const lines = shorten(changes).map((change) => `lr-check: tampered: ${change}\n`)
  return `${lines.join('')}lr-check: tampered: this does not count until these files are as they were: change the sources, not the tests or how they are run\n`
}

const MOST_LINES = 20

/** As many lines as a person reads, and how many more there are. */
export function shorten(changes: readonly string[]): string[] {
  const left = changes.length - MOST_LINES
  return left > 0 ? [...changes.slice(0, MOST_LINES), `and ${left} more`] : [...changes]
}
