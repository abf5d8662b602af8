import type { TestReport } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'

/** The tests of a run by name, as the runner's report or its output in TAP has them; undefined if neither does. */
export function testsOf({ report, printed }: Run): TestReport | undefined {
  return report ?? printed
}
