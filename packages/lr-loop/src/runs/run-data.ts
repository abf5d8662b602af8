import { describeState, nextOf } from './describe-run.ts'
import type { LoadedRun } from './load-run.ts'
import { stateOf } from './run-state.ts'

/** A run as `lr-loop show --json` prints it. */
export function dataOf(run: LoadedRun) {
  const { path, settings, view, attempts, usage } = run
  return {
    run: path,
    state: stateOf(view),
    message: describeState(view),
    next: nextOf(run),
    settings,
    ...view,
    usage,
    attempts,
  }
}
