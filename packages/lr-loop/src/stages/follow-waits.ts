import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Journal } from '../runs/journal.ts'

const LOOK_EVERY_MS = 250

/** A line of the file that lr-llm --events writes. */
const Wait = z.object({
  event: z.enum(['retry', 'rate-limit']),
  model: z.string(),
  kind: z.string(),
  message: z.string(),
  seconds: z.number(),
  until: z.string(),
})

/** Records the waits of a request. */
export interface WaitFollower {
  /** Records those that are new. */
  readonly record: () => void
  readonly close: () => void
}

/**
 * Records the waits of a request as events, as they come.
 *
 * @param file that lr-llm appends them to; it need not exist
 */
export function followWaits(file: string, iteration: number, journal: Journal): WaitFollower {
  let known = linesOf(file).length
  const record = () => {
    const fresh = linesOf(file).slice(known)
    known += fresh.length
    for (const { event: cause, kind: reason, ...wait } of fresh.flatMap(readWait)) {
      journal.record({ event: 'waiting', iteration, cause, reason, ...wait })
    }
  }
  const timer = setInterval(() => {
    try {
      record()
    } catch {
      // The next event of the stage cannot be recorded either, and says so.
      clearInterval(timer)
    }
  }, LOOK_EVERY_MS)
  return { record, close: () => clearInterval(timer) }
}

/** The complete lines of a file. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
  }
}

/** Nothing if the line is not one of ours. */
function readWait(line: string): z.infer<typeof Wait>[] {
  try {
    return [Wait.parse(JSON.parse(line))]
  } catch {
    return []
  }
}
