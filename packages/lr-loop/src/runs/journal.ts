import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRunFolder } from './in-run-folder.ts'
import { type LoopEvent, type NewEvent, readEvents } from './loop-event.ts'

/** Its name in the run's folder. */
export const JOURNAL = 'journal.jsonl'

/** Whether a folder holds a run: a loop that is killed while it makes the folder leaves it without a journal. */
export function hasBegun(run: string): boolean {
  return existsSync(join(run, JOURNAL))
}

/**
 * The events of a run, oldest first; none where the folder holds no run.
 *
 * @throws a system error where they cannot be read
 */
export function readJournal(run: string): LoopEvent[] {
  return hasBegun(run) ? readEvents(readFileSync(join(run, JOURNAL), 'utf8')) : []
}

/** The fields that distinguish events of one kind. */
const IDENTITY = ['event', 'iteration', 'check', 'attempt']

function isSame(one: object, other: object): boolean {
  return IDENTITY.every((key) => Reflect.get(one, key) === Reflect.get(other, key))
}

/** The journal of a run: one line an event, on the disk before the loop goes on. */
export class Journal {
  readonly #path: string
  readonly #descriptor: number
  readonly #events: LoopEvent[]
  readonly #listeners: ((event: LoopEvent) => void)[] = []

  private constructor(path: string, descriptor: number, events: LoopEvent[]) {
    this.#path = path
    this.#descriptor = descriptor
    this.#events = events
  }

  /** @throws a system error where it is there already, or cannot be made */
  static create(path: string): Journal {
    return new Journal(path, openSync(path, 'ax', 0o600), [])
  }

  /** @throws a system error where it cannot be read and written */
  static reopen(path: string): Journal {
    const text = readFileSync(path, 'utf8')
    const descriptor = openSync(path, 'a')
    // A line that a crash cut short must not be continued by the next event.
    if (text !== '' && !text.endsWith('\n')) writeFileSync(descriptor, '\n')
    return new Journal(path, descriptor, readEvents(text))
  }

  /** Oldest first, those of earlier parts of the run included. */
  get events(): readonly LoopEvent[] {
    return this.#events
  }

  /**
   * Adds an event; it is on the disk when this returns.
   *
   * @throws CommandError (3) where it cannot be written
   */
  record(event: NewEvent): void {
    const line = JSON.stringify({ time: new Date().toISOString(), ...event })
    inRunFolder(this.#path, () => {
      writeFileSync(this.#descriptor, `${line}\n`)
      fsyncSync(this.#descriptor)
    })
    // Read back: a piece of what a stage printed would keep all that it printed in memory.
    const recorded = JSON.parse(line) as LoopEvent
    this.#events.push(recorded)
    for (const listener of this.#listeners) listener(recorded)
  }

  /** Adds an event of an iteration or an attempt, unless an earlier part of the run did. */
  recordOnce(event: Extract<NewEvent, { iteration: number } | { attempt: number }>): void {
    if (!this.#events.some((known) => isSame(known, event))) this.record(event)
  }

  /** Has every event that is added from now on told to `listener`. */
  subscribe(listener: (event: LoopEvent) => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
