import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { LoopSettings } from '../settings.ts'
import { addUsage } from '../stages/read-report.ts'
import type { Usage } from '@loop-runner/stop-rules'
import { type AttemptView, viewAttempts } from './attempt-view.ts'
import { JOURNAL } from './journal.ts'
import { type LoopEvent, readEvents } from './loop-event.ts'
import { readSettings } from './run-folder.ts'
import { isAtWork } from './run-state.ts'
import { type RunView, viewRun } from './run-view.ts'

/** The data in the journals of a run. */
export interface WholeView {
  readonly view: RunView
  /** In order; none where there is only the loop itself. */
  readonly attempts: readonly AttemptView[]
  /** Of all of them together. */
  readonly usage: Usage
}

/** A run as its folder tells of it. */
export interface LoadedRun extends WholeView {
  readonly path: string
  readonly settings: LoopSettings
}

/** @throws UsageError where the folder holds no run of this version */
export function loadRun(path: string): LoadedRun {
  try {
    const whole = viewWhole(path, readEvents(readFileSync(join(path, JOURNAL), 'utf8')))
    return { path, settings: readSettings(path), ...whole }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: not a run (${reasonOf(error)})`)
  }
}

/** @param events those of the run's own journal */
export function viewWhole(path: string, events: readonly LoopEvent[]): WholeView {
  const view = viewRun(events)
  const attempts = viewAttempts(path, events, isAtWork(view))
  const usage = attempts.map((attempt) => attempt.view.usage).reduce(addUsage, view.usage)
  return { view, attempts, usage }
}
