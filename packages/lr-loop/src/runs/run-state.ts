import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mayRun } from '@loop-runner/cli-kit'
import { hasBegun, JOURNAL } from './journal.ts'
import { readEvents } from './loop-event.ts'
import { type RunView, viewRun } from './run-view.ts'

export const AT_WORK = 'at work'
export const CUT_SHORT = 'cut short'

/** @throws a system error where the folder has no journal */
export function readView(path: string): RunView {
  return viewRun(readEvents(readFileSync(join(path, JOURNAL), 'utf8')))
}

/** Whether a process works on the run, as far as can be known. */
export function isAtWork({ end, mark }: RunView): boolean {
  return end === undefined && mark !== undefined && mayRun(mark)
}

/** Whether a process works on what may be the folder of a run. */
export function isRunning(path: string): boolean {
  return hasBegun(path) && isAtWork(readView(path))
}

/** How a run stands: why it ended, or that it is at work, or that it was cut short before it could say why. */
export function stateOf(view: RunView): string {
  return view.end?.reason ?? (isAtWork(view) ? AT_WORK : CUT_SHORT)
}
