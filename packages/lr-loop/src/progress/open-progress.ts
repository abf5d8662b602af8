import type { Io, Values } from '@loop-runner/cli-kit'
import type { LOOP_OPTIONS } from '../options.ts'
import type { RunFolder } from '../runs/run-folder.ts'
import type { EventDescriptor } from './event-descriptor.ts'
import { liveView } from './live-view.ts'
import { plainProgress } from './plain-progress.ts'

/** How a run is shown while it goes on. */
export interface RunProgress {
  /** The messages of a stage, as they arrive. */
  readonly passOn: (chunk: Uint8Array) => void
  /** After which an attempt gives a sign of life; 0: never, for it is seen that it lives. */
  readonly heartbeatMs: number
  /** Nothing is shown from now on; done when all is out. */
  readonly close: () => Promise<void>
}

/** Has each event of a run shown, in a live view on a terminal, else as plain lines; and told to `--json-events`. */
export function openProgress(
  options: Values<typeof LOOP_OPTIONS> & { readonly quiet: boolean },
  folder: RunFolder,
  events: EventDescriptor | undefined,
  io: Io,
): RunProgress {
  const isLive = io.stderr.isTerminal && !options.quiet && io.env['TERM'] !== 'dumb'
  const { heartbeat } = options
  const shown = isLive ? liveView(io, folder) : plainProgress(io, folder.settings, heartbeat)
  folder.journal.subscribe((event) => {
    events?.tell(event)
    shown.show(event)
  })
  return {
    passOn: shown.passOn,
    heartbeatMs: isLive ? 0 : heartbeat,
    async close() {
      shown.close()
      await events?.flush()
    },
  }
}
