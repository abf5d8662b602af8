import { mayRun } from '@loop-runner/cli-kit'
import { readJournal } from './journal.ts'
import { type RunView, viewRun } from './run-view.ts'

export const AT_WORK = 'at work'
export const CUT_SHORT = 'cut short'

/** The data of the journal in a folder; empty if the folder has no run. */
export function readView(path: string): RunView {
  return viewRun(readJournal(path))
}

/** Whether a process works on the run, as far as can be known. */
export function isAtWork({ end, mark }: RunView): boolean {
  return end === undefined && mark !== undefined && mayRun(mark)
}

/** Whether a process works on a folder that may be a run. */
export function isRunning(path: string): boolean {
  return isAtWork(readView(path))
}

/** How a run stands: why it ended, or that it is at work, or that it was cut short before it could say why. */
export function stateOf(view: RunView): string {
  return view.end?.reason ?? (isAtWork(view) ? AT_WORK : CUT_SHORT)
}
