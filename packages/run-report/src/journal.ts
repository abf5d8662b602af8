import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { mayRun, type ProcessMark } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'

/** A line of a journal; its other fields depend on the event. */
const LoopEvent = z.looseObject({ time: z.string(), event: z.string() })
export type LoopEvent = z.infer<typeof LoopEvent>

/** The journals of a run, its own first, then those of its attempts by their number. */
export class Journals {
  readonly #run: string
  /** By journal: its size when it was read, and its complete lines. */
  readonly #read = new Map<string, { readonly size: number; readonly events: readonly (LoopEvent | undefined)[] }>()

  constructor(run: string) {
    this.#run = run
  }

  /** The events by attempt, 0 for the run itself; undefined for a line that is not an event. */
  read(): Map<number, readonly (LoopEvent | undefined)[]> {
    const attempts = listAttempts(this.#run)
    return new Map([
      [0, this.#readFile(join(this.#run, 'journal.jsonl'))],
      ...attempts.map(([number, folder]) => [number, this.#readFile(join(folder, 'journal.jsonl'))] as const),
    ])
  }

  #readFile(file: string): readonly (LoopEvent | undefined)[] {
    const size = sizeOf(file)
    const before = this.#read.get(file)
    if (before?.size === size) return before.events
    const lines = size === 0 ? [] : readFileSync(file, 'utf8').split('\n').slice(0, -1)
    const events = lines.map(parseEvent)
    this.#read.set(file, { size, events })
    return events
  }
}

/** The process that works on a run; undefined if none does. */
export function processOf(events: readonly (LoopEvent | undefined)[]): ProcessMark | undefined {
  const last = events.findLast((event) => event?.event === 'began' || event?.event === 'end')
  if (last?.event !== 'began') return undefined
  const mark = last['mark'] as ProcessMark
  return mayRun(mark) ? mark : undefined
}

function listAttempts(run: string): [number: number, folder: string][] {
  const folder = join(run, 'attempts')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const number = name.startsWith(`${basename(run)}-`) ? Number(name.slice(basename(run).length + 1)) : Number.NaN
    return Number.isInteger(number) ? [[number, join(folder, name)]] : []
  })
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function parseEvent(line: string): LoopEvent | undefined {
  try {
    const { success, data } = LoopEvent.safeParse(JSON.parse(line))
    return success ? data : undefined
  } catch {
    return undefined
  }
}
