import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mayRun, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { LoopSettings } from '../settings.ts'
import { hasBegun, JOURNAL } from './journal.ts'
import { readEvents } from './loop-event.ts'
import { readSettings } from './run-folder.ts'
import { type RunView, viewRun } from './run-view.ts'

/** A run as its folder tells of it. */
export interface LoadedRun {
  readonly path: string
  readonly settings: LoopSettings
  readonly view: RunView
}

/** @throws UsageError where the folder holds no run of this version */
export function loadRun(path: string): LoadedRun {
  try {
    const view = readView(path)
    return { path, settings: readSettings(path), view }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: no run (${reasonOf(error)})`)
  }
}

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
  return view.end?.reason ?? (isAtWork(view) ? 'at work' : 'cut short')
}
