import type { Counts } from '@loop-runner/tamper'
import { kindOf, runsCode } from '@loop-runner/checkers'
import type { Run } from './run-plan.ts'

/** Makes a run that finds no test fail if there were tests at first: the model can put them back, so a loop goes on. */
export function failIfTestsAreGone(runs: Run[], { tests = 0 }: Counts): Run[] {
  if (tests === 0) return runs
  const remark = `lr-check: no test ran, but ${tests} at first (put the tests back)\n`
  return runs.map((run) =>
    run.outcome === 'none' && runsCode(kindOf(run.plan))
      ? { ...run, outcome: 'fail', stderr: `${run.stderr}${remark}` }
      : run,
  )
}
