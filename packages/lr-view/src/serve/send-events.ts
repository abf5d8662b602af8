import { streamSSE } from 'hono/streaming'
import type { Context, Exchange } from './context.ts'
import { followEvents } from './follow-events.ts'
import { Problem } from './problem.ts'

/** Streams that are open at once. */
const MAX_STREAMS = 100
const HEARTBEAT_MS = 15_000

let openStreams = 0

/** The events of a run as server-sent events, from the position in `Last-Event-ID` or `?from=` on; `over` is the last one. */
export function sendEvents(c: Exchange, path: string, { signal }: Context): Response {
  if (openStreams >= MAX_STREAMS) throw new Problem(503, `${MAX_STREAMS} streams of events are open`)
  const from = c.req.header('last-event-id') ?? c.req.query('from') ?? ''
  openStreams++
  const gone = new AbortController()
  const ended = AbortSignal.any([signal, gone.signal])
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => gone.abort())
    let wroteAt = Date.now()
    try {
      await stream.write('retry: 1000\n\n')
      for await (const event of followEvents(path, from, ended)) {
        if (event) await stream.writeSSE({ id: event.id, data: JSON.stringify(event.data) })
        else if (Date.now() - wroteAt > HEARTBEAT_MS) await stream.write(': at work\n\n')
        else continue
        wroteAt = Date.now()
      }
      // Without it a client would connect again.
      if (!ended.aborted) await stream.writeSSE({ event: 'over', data: '{}' })
    } finally {
      openStreams--
    }
  })
}
