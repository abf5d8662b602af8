import { ExitStatus } from '@loop-runner/cli-kit'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import type { Variation } from '../attempts/variation.ts'
import type { LoopEvent } from './loop-event.ts'
import { AT_WORK, CUT_SHORT, readView } from './run-state.ts'
import type { RunView } from './run-view.ts'

/** One attempt of a run, as it is shown. */
export interface AttemptView extends Variation {
  readonly attempt: number
  /** Why it ended, or that it is at work or was cut short. */
  readonly state: string
  readonly passed: boolean
  /** Of the state that it left behind; undefined until it has ended. */
  readonly score: number | undefined
  readonly kept: boolean
  /** Its own folder. */
  readonly run: string
  /** The data of its own journal. */
  readonly view: RunView
}

/**
 * @param events of the run that has the attempts
 * @param isRunAtWork whether a process works on it
 */
export function viewAttempts(run: string, events: readonly LoopEvent[], isRunAtWork: boolean): AttemptView[] {
  const unended = isRunAtWork ? AT_WORK : CUT_SHORT
  const kept = events.findLast((event) => event.event === 'attempt-kept')?.attempt
  // One that was cut short begins again after --resume.
  const begun = new Map(
    events.flatMap((event) => (event.event === 'attempt-began' ? [[event.attempt, event] as const] : [])),
  )
  return [...begun.values()]
    .sort((one, other) => one.attempt - other.attempt)
    .map((begin) => {
      const { time: _time, event: _event, ...variation } = begin
      const { attempt } = begin
      const ends = events.slice(events.indexOf(begin)).filter((event) => event.event === 'attempt-ended')
      const end = ends.find((event) => event.attempt === attempt)
      const path = attemptFolder(run, attempt)
      return {
        ...variation,
        passed: end?.status === ExitStatus.Yes,
        state: end?.reason ?? unended,
        score: end?.score,
        kept: kept === attempt,
        run: path,
        view: readView(path),
      }
    })
}
