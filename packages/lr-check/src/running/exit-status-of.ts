import { ExitStatus } from '@loop-runner/cli-kit'
import { kindOf, verdictOf } from '@loop-runner/checkers'
import type { Run } from './run-plan.ts'

/** The exit code of lr-check: an inconclusive run is neither a pass nor a fail. */
export function exitStatusOf(runs: readonly Pick<Run, 'plan' | 'outcome'>[]): number {
  const verdicts = runs.map(({ plan, outcome }) => verdictOf(outcome, kindOf(plan)))
  if (verdicts.length === 0 || verdicts.includes('unknown')) return ExitStatus.Failed
  return verdicts.includes('fail') ? ExitStatus.No : ExitStatus.Yes
}
