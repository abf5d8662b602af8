import { setTimeout } from 'node:timers/promises'
import { visibleText } from '@loop-runner/cli-kit'
import { describeEvent } from './describe-event.ts'
import { Journals, type LoopEvent, processOf } from '@loop-runner/run-report'

const POLL_MS = 200
/** Characters of one text in an event; the files of the run have it all. */
const MAX_TEXT = 2000

/** An event as the page gets it. */
export interface FollowedEvent {
  /** The position after the event, for `Last-Event-ID`. */
  readonly id: string
  readonly data: object
}

/**
 * The events of a run and its attempts, those of the past first, until no process works on it any more. Undefined between
 * them if nothing happened for a while.
 *
 * @param from a position: the events before it are not told again
 */
export async function* followEvents(
  run: string,
  from: string,
  signal: AbortSignal,
): AsyncGenerator<FollowedEvent | undefined> {
  const journals = new Journals(run)
  const told = parsePosition(from)
  // A process that is gone before the last look has written all that it ever will.
  for (let wasAtWork = true; !signal.aborted;) {
    const all = journals.read()
    const fresh = [...all].flatMap(([attempt, events]) => inOrder(events.slice(told.get(attempt) ?? 0), attempt))
    for (const { attempt, event } of fresh.toSorted((a, b) => a.time - b.time)) {
      told.set(attempt, (told.get(attempt) ?? 0) + 1)
      if (event) yield { id: writePosition(told), data: dataOf(event, attempt) }
    }
    if (fresh.length === 0 && !wasAtWork) return
    wasAtWork = processOf(all.get(0) ?? []) !== undefined
    if (fresh.length > 0) continue
    yield undefined
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** `12.0.4`: 12 events of the run itself, none of attempt 1, 4 of attempt 2. */
function parsePosition(text: string): Map<number, number> {
  if (!/^\d{1,9}(?:\.\d{1,9}){0,999}$/.test(text)) return new Map()
  return new Map(text.split('.').map((count, attempt) => [attempt, Number(count)]))
}

function writePosition(told: ReadonlyMap<number, number>): string {
  return Array.from({ length: Math.max(...told.keys()) + 1 }, (_, attempt) => told.get(attempt) ?? 0).join('.')
}

function dataOf(event: LoopEvent, attempt: number): object {
  const text = describeEvent(event)
  const fields = Object.entries(event)
    .filter(([name]) => name !== 'mark')
    .map(([name, value]) => [name, shorten(value)])
  const place = attempt === 0 ? {} : { in: attempt }
  return {
    ...Object.fromEntries(fields),
    ...place,
    ...(text === undefined ? {} : { text: visibleText(String(shorten(text))) }),
  }
}

function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 200).map(shorten)
  if (typeof value !== 'string' || value.length <= MAX_TEXT) return value
  return `${value.slice(0, MAX_TEXT)} … ${value.length - MAX_TEXT} characters left out`
}

/** With times that never decrease, so that sorting keeps the order of a journal: positions count its lines. */
function inOrder(events: readonly (LoopEvent | undefined)[], attempt: number) {
  let time = 0
  return events.map((event) => {
    time = Math.max(time, Date.parse(event?.time ?? '') || 0)
    return { attempt, event, time }
  })
}
