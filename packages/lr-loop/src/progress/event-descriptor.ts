import { fstatSync, type Stats } from 'node:fs'
import { type Io, Output, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { LoopEvent } from '../runs/loop-event.ts'

/** Where `--json-events` goes. */
export interface EventDescriptor {
  readonly tell: (event: LoopEvent) => void
  /** Done when everything told so far is out. */
  readonly flush: () => Promise<void>
}

/**
 * Writes each event as a line of JSON to a descriptor that our parent process has opened. A reader that goes away ends the
 * telling, not the run.
 *
 * @throws UsageError where nothing is open there
 */
export function eventDescriptor(descriptor: number, io: Io): EventDescriptor {
  if (!isOpen(descriptor))
    throw new UsageError(`--json-events ${descriptor}: no such descriptor (open it: ${descriptor}> FILE)`)
  const output = new Output(descriptor, `descriptor ${descriptor}`, () => false)
  let isGone = false
  const stop = (error: unknown) => {
    if (!isGone) io.warn(`no more events on descriptor ${descriptor}: ${reasonOf(error)}`)
    isGone = true
  }
  return {
    tell: (event) => void (isGone || output.write(`${JSON.stringify(event)}\n`).catch(stop)),
    flush: () => output.flush(),
  }
}

const FIRST_BEYOND_STANDARD = 3
/** Node's own descriptors have low numbers; a shell numbers those for `>(…)` downwards from 63. */
const LAST_LOOKED_AT = 31

/**
 * Whether our parent process has opened it for us, and not Node for itself: what is neither file, pipe, socket nor device is Node's,
 * and so is a pipe of which we hold both ends.
 */
function isOpen(descriptor: number): boolean {
  const status = statusOf(descriptor)
  if (!status) return false
  if (!status.isFIFO()) return status.isFile() || status.isSocket() || status.isCharacterDevice()
  for (let other = FIRST_BEYOND_STANDARD; other <= LAST_LOOKED_AT; other++) {
    if (other !== descriptor && statusOf(other)?.ino === status.ino) return false
  }
  return true
}

function statusOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor)
  } catch {
    return undefined
  }
}
