import { type Io, LONGEST_TIMER_MS } from '@loop-runner/cli-kit'
import { makeStopper } from '../attempts/stopper.ts'

/** An Io whose work is also stopped at the deadline of a run. */
export interface DeadlineIo {
  readonly io: Io
  readonly isOver: () => boolean
  readonly clear: () => void
}

/** @param deadlineMs from now; undefined: none */
export function withDeadline(io: Io, deadlineMs: number | undefined): DeadlineIo {
  const stopper = makeStopper()
  const over = new AbortController()
  const expire = () => {
    over.abort()
    void stopper.stop()
  }
  const timer = deadlineMs === undefined ? undefined : setTimeout(expire, Math.min(deadlineMs, LONGEST_TIMER_MS))
  const signal = AbortSignal.any([io.signal, over.signal])
  const onInterrupt: Io['onInterrupt'] = (cleanUp) => {
    const forget = [io.onInterrupt(cleanUp), stopper.onInterrupt(cleanUp)]
    return () => forget.forEach((act) => act())
  }
  return { io: { ...io, signal, onInterrupt }, isOver: () => over.signal.aborted, clear: () => clearTimeout(timer) }
}

/** An Io for work that has to end even though the run is stopped. */
export function uninterrupted(io: Io): Io {
  return { ...io, signal: new AbortController().signal, onInterrupt: () => () => {} }
}
