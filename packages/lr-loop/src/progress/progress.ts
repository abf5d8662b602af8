import type { LoopEvent } from '../runs/loop-event.ts'

/** Shows a run to the person who waits for it. */
export interface Progress {
  /** Told of every event as it happens. */
  readonly show: (event: LoopEvent) => void
  /** The messages of a stage, as they arrive. */
  readonly passOn: (chunk: Uint8Array) => void
  /** Nothing is shown from now on. */
  readonly close: () => void
}
