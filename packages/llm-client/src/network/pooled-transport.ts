import type { Dispatcher } from 'undici'
import type { PhaseLimits } from './phase-limits.ts'
import { proxyAuthorization } from './proxy.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** Connections that are kept open and used again, a pool for each origin; through proxies, too. */
export interface PooledTransport extends Transport, AsyncDisposable {}

/** The timers are ours (PhaseLimits): undici's know no first byte of a body, and tick by the second. */
const NO_TIMERS = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 0 } as const
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelay: 30_000, timeout: 0 } as const

export function makePooledTransport(): PooledTransport {
  const agents = new Map<string, Promise<Dispatcher>>()
  const agentFor = (url: URL, { proxy, ca }: TransportOptions) => {
    const key = JSON.stringify([proxy?.href, proxy && url.protocol, ca])
    const agent = agents.get(key) ?? makeAgent(url, proxy, ca)
    agents.set(key, agent)
    return agent
  }
  return {
    async send({ url, method, headers, body }, options) {
      const agent = await agentFor(url, options)
      const { limits } = options
      const noticing = agent.compose(noticeConnection(limits))
      const response = await noticing.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        body: body ?? null,
        signal: limits.signal,
      })
      // A late error is reported by the body's reader; without a listener it would end the program.
      response.body.on('error', () => {})
      return { status: response.statusCode, headers: response.headers, body: response.body }
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...agents.values()].map(async (agent) => (await agent).destroy()))
    },
  }
}

async function makeAgent(url: URL, proxy: URL | undefined, ca: readonly string[] | undefined): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import('./undici.ts')
  const trust = ca ? { ca: [...ca] } : {}
  if (!proxy) return new Agent({ ...NO_TIMERS, connect: { ...KEEP_ALIVE, ...trust } })
  const token = proxyAuthorization(proxy)
  return new ProxyAgent({
    ...NO_TIMERS,
    uri: proxy.origin,
    ...(token === undefined ? {} : { token }),
    // Plain HTTP is asked of the proxy itself, as it expects it.
    proxyTunnel: url.protocol === 'https:',
    connect: KEEP_ALIVE,
    requestTls: { ...KEEP_ALIVE, ...trust },
  })
}

/** Tells the limits when a request has its connection. */
function noticeConnection(limits: PhaseLimits): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        limits.connected()
        handler.onRequestStart?.(controller, context)
      },
      onResponseStart: (...parts) => handler.onResponseStart?.(...parts),
      onResponseData: (...parts) => handler.onResponseData?.(...parts),
      onResponseEnd: (...parts) => handler.onResponseEnd?.(...parts),
      onResponseError: (...parts) => handler.onResponseError?.(...parts),
    })
}
