import { chatStream, type Handler, send, serve, type TestServer } from '@loop-runner/test-kit/server'

interface LimitedServer extends TestServer {
  /** Requests that were rejected. */
  readonly rejected: () => number
}

/** A server that allows so many requests in any window of time, and rejects the others. */
export async function serveLimited(requests: number, windowMs: number): Promise<LimitedServer> {
  let times: number[] = []
  let rejected = 0
  const handler: Handler = (response, received, count) => {
    const now = performance.now()
    times = times.filter((time) => time + windowMs > now)
    if (times.length >= requests) {
      rejected++
      const waitMs = Math.ceil((times[0] ?? now) + windowMs - now)
      const error = { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' }
      return send(429, JSON.stringify({ error }), { 'retry-after-ms': String(waitMs) })(response, received, count)
    }
    times.push(now)
    return send(200, chatStream(['ok'], 'stop', usageEvent(10, 5)))(response, received, count)
  }
  const server = await serve(handler)
  return { ...server, rejected: () => rejected }
}

/** The last event of a stream, with its usage. */
export function usageEvent(input: number, output: number): string {
  return `${JSON.stringify({ choices: [], usage: { prompt_tokens: input, completion_tokens: output } })}\n\ndata: [DONE]`
}
