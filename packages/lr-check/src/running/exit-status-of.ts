import { ExitStatus } from '@loop-runner/cli-kit'
import { kindOf, verdictOf } from '@loop-runner/checkers'
import type { Run } from './run-plan.ts'

/** What lr-check says with its exit status: without a verdict that can be trusted neither yes nor no. */
export function exitStatusOf(runs: readonly Pick<Run, 'plan' | 'outcome'>[]): number {
  const verdicts = runs.map(({ plan, outcome }) => verdictOf(outcome, kindOf(plan)))
  if (verdicts.length === 0 || verdicts.includes('unknown')) return ExitStatus.Failed
  return verdicts.includes('fail') ? ExitStatus.No : ExitStatus.Yes
}
