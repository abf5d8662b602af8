import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { JOURNAL } from './journal.ts'
import { isAtWork } from './load-run.ts'
import { type LoopEvent, readEvents } from './loop-event.ts'
import { viewRun } from './run-view.ts'

const POLL_MS = 200

/**
 * Tells every event of a run, those of the past first, until the run has ended or nobody works on it any more.
 *
 * @throws the signal's reason where it is aborted, a system error where the journal cannot be read
 */
export async function followJournal(
  path: string,
  signal: AbortSignal,
  tell: (event: LoopEvent) => Promise<void>,
): Promise<void> {
  const journal = openSync(join(path, JOURNAL), 'r')
  try {
    const events: LoopEvent[] = []
    let rest = ''
    for (;;) {
      // Whoever is gone before the last look has written all that it ever will.
      const wasAtWork = isAtWork(viewRun(events))
      const text = rest + readOn(journal)
      const end = text.lastIndexOf('\n') + 1
      rest = text.slice(end)
      const fresh = readEvents(text.slice(0, end))
      for (const event of fresh) await tell(event)
      events.push(...fresh)
      if (fresh.length === 0 && !wasAtWork) return
      if (fresh.length === 0) await setTimeout(POLL_MS, undefined, { signal })
    }
  } finally {
    closeSync(journal)
  }
}

/** What has been added since the last look. */
function readOn(descriptor: number): string {
  const buffer = Buffer.alloc(1 << 16)
  const chunks: Buffer[] = []
  for (;;) {
    const length = readSync(descriptor, buffer)
    if (length === 0) return Buffer.concat(chunks).toString()
    chunks.push(Buffer.from(buffer.subarray(0, length)))
  }
}
