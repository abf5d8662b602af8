import type { Extra } from './tool.ts'

/** Clients give a call up that is silent for a minute. */
const SILENCE_MS = 15_000

export interface Progress {
  /** Tells the client, if it asked for progress, what happens. */
  readonly tell: (message: string) => void
  readonly end: () => void
}

/** Progress notifications of a call: one for each message, and one now and then while nothing happens. */
export function reportProgress({ _meta, sendNotification, signal }: Extra): Progress {
  const token = _meta?.progressToken
  if (token === undefined) return { tell: () => {}, end: () => {} }
  let [progress, last, since] = [0, '', Date.now()]
  const send = (message: string) => {
    if (signal.aborted) return
    const params = { progressToken: token, progress: ++progress, message }
    // The client may be gone; the end of the connection cancels the call.
    sendNotification({ method: 'notifications/progress', params }).catch(() => {})
  }
  const timer = setInterval(() => send(`${last} (${Math.round((Date.now() - since) / 1000)} s)`), SILENCE_MS)
  const tell = (message: string) => {
    ;[last, since] = [message, Date.now()]
    timer.refresh()
    send(message)
  }
  return { tell, end: () => clearInterval(timer) }
}
