import { setTimeout } from 'node:timers/promises'
import { attemptFolder } from '../attempts/attempt-folders.ts'
import { readJournal } from './journal.ts'
import type { LoopEvent } from './loop-event.ts'
import { isAtWork } from './run-state.ts'
import { viewRun } from './run-view.ts'

const POLL_MS = 200

/** An event, and the attempt in which it happened; undefined in the run itself. */
interface Happened {
  readonly event: LoopEvent
  readonly attempt?: number
}

/**
 * Tells every event of a run and its attempts, those of the past first, until the run has ended or no process works on it any
 * more.
 *
 * @throws the signal's reason where it is aborted, a system error where a journal cannot be read
 */
export async function followRun(
  path: string,
  signal: AbortSignal,
  tell: (happened: Happened) => Promise<void>,
): Promise<void> {
  /** How many events of a folder's journal have been told. */
  const told = new Map<string, number>()
  const readOn = (folder: string) => {
    const events = readJournal(folder)
    const fresh = events.slice(told.get(folder))
    told.set(folder, events.length)
    return { events, fresh }
  }
  // A process that is gone before the last look has written all that it ever will.
  for (let wasAtWork = true; ;) {
    const own = readOn(path)
    const attempts = new Set(own.events.flatMap((event) => (event.event === 'attempt-began' ? [event.attempt] : [])))
    const fresh: Happened[] = own.fresh.map((event) => ({ event }))
    for (const attempt of attempts) {
      fresh.push(...readOn(attemptFolder(path, attempt)).fresh.map((event) => ({ event, attempt })))
    }
    for (const happened of fresh.toSorted((one, other) => Date.parse(one.event.time) - Date.parse(other.event.time))) {
      await tell(happened)
    }
    if (fresh.length === 0 && !wasAtWork) return
    if (fresh.length === 0) await setTimeout(POLL_MS, undefined, { signal })
    wasAtWork = isAtWork(viewRun(own.events))
  }
}
