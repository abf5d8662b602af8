import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { CommandError, errorCode, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { proxyFor, type Tunnel } from './proxy.ts'

/** Time limits in milliseconds; undefined is none. The total is the signal's. */
export interface Limits {
  readonly connectMs?: number | undefined
  /** From the connection to the first byte of the body. */
  readonly firstMs?: number | undefined
  /** Between two pieces of the body. */
  readonly idleMs?: number | undefined
}

/** The network as a call sees it. */
export interface Network {
  /** For the proxy variables. */
  readonly env: NodeJS.ProcessEnv
  /** Certificates to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
  readonly limits: Limits
  /** Aborted when the time for everything is over, or by the user. */
  readonly signal: AbortSignal
}

export interface HttpRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface HttpResponse {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  /** The pieces of the body as they come; throws LlmFailure where it breaks off. */
  readonly chunks: AsyncIterable<Buffer>
}

/**
 * Sends one request. Redirects are not followed: a key must not travel. Node's own `http` is used because `fetch` and
 * undici cost several starts of Node, and have time limits of their own (research/performance.md, finding 9).
 *
 * @throws LlmFailure when no answer comes
 */
export async function callHttp(request: HttpRequest, network: Network): Promise<HttpResponse> {
  const watch = new Watch(network)
  try {
    const message = await sendRequest(request, network, watch)
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      chunks: readChunks(message, request.url, watch),
    }
  } catch (error) {
    watch.stop()
    throw watch.reason ?? connectionFailure(error, request.url)
  }
}

/** All of a body as text, but not more than `limit` bytes of it. */
export async function readText({ chunks }: HttpResponse, limit = 1 << 20): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    pieces.push(chunk)
    length += chunk.length
    if (length >= limit) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

async function sendRequest({ url, method, headers, body }: HttpRequest, network: Network, watch: Watch) {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const tunnel = await proxyFor(url, network.env, watch.signal)
  const options: RequestOptions = {
    method,
    agent: false,
    signal: watch.signal,
    headers: { ...headers, ...tunnel?.headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
  }
  const request = await openRequest(url, options, tunnel, network.ca)
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve)
    // Stays on, since a late error must not end the program: by then the body's reader says it.
    request.on('error', reject)
  })
  request.on('socket', (socket) => {
    // A connection whose other end is gone without a word is noticed by the system.
    socket.setKeepAlive(true, 30_000)
    if (!socket.connecting) watch.connected()
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => watch.connected())
  })
  request.end(bytes)
  return response
}

async function openRequest(
  url: URL,
  options: RequestOptions,
  tunnel: Tunnel | undefined,
  ca: string | undefined,
): Promise<ClientRequest> {
  if (url.protocol === 'http:') {
    const { request } = await import('node:http')
    return tunnel ? request({ ...options, ...tunnel.target }) : request(url, options)
  }
  const [{ request }, tls] = await Promise.all([import('node:https'), import('node:tls')])
  const trust = ca === undefined ? {} : { ca: [...tls.rootCertificates, ca] }
  const { socket } = tunnel ?? {}
  if (!socket) return request(url, { ...options, ...trust })
  const secure = tls.connect({ socket, servername: url.hostname, ...trust })
  // Node asks for a connection of ours only where there is no agent.
  return request(url, { ...options, agent: undefined, createConnection: () => secure })
}

async function* readChunks(message: IncomingMessage, url: URL, watch: Watch): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of message) {
      watch.alive()
      yield chunk as Buffer
    }
    // A body without a length ends where its connection does, also when it was ended from here.
    if (watch.reason !== undefined) throw watch.reason
  } catch (error) {
    throw watch.reason ?? new LlmFailure('cut', `${url.host}: the connection was lost: ${reasonOf(error)}`)
  } finally {
    watch.stop()
    message.destroy()
  }
}

/** Watches over the phases of one request, and ends it when one takes too long. */
class Watch {
  readonly #limits: Limits
  readonly #total: AbortSignal
  readonly #controller = new AbortController()
  readonly #end = () => this.#controller.abort(this.#total.reason)
  #timer: NodeJS.Timeout | undefined
  #reason: LlmFailure | undefined

  constructor({ limits, signal }: Network) {
    this.#limits = limits
    this.#total = signal
    if (signal.aborted) this.#end()
    signal.addEventListener('abort', this.#end)
    this.#expect(limits.connectMs, 'connection')
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the request was ended from here, if it was. */
  get reason(): unknown {
    return this.#reason ?? (this.#total.aborted ? this.#total.reason : undefined)
  }

  connected(): void {
    this.#expect(this.#limits.firstMs, 'first byte')
  }

  alive(): void {
    this.#expect(this.#limits.idleMs, 'next piece')
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#total.removeEventListener('abort', this.#end)
  }

  #expect(limitMs: number | undefined, what: string): void {
    clearTimeout(this.#timer)
    if (limitMs === undefined) return
    this.#timer = setTimeout(() => {
      const message = `no ${what} within ${limitMs / 1000} s`
      this.#reason = new LlmFailure('timeout', message, { retryable: true })
      this.#controller.abort(this.#reason)
    }, limitMs)
  }
}

const CERTIFICATE = /CERT|SIGNED|ISSUER|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY/
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused (is the server running?)',
  ECONNRESET: 'the connection was closed before an answer came',
  EPIPE: 'the connection was closed while the request was sent',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
}

function connectionFailure(error: unknown, url: URL): unknown {
  if (error instanceof CommandError) return error
  const code = errorCode(error) ?? ''
  if (CERTIFICATE.test(code)) {
    const message = `${url.host}: its certificate is not trusted: ${reasonOf(error)} (--ca-file FILE names one to trust)`
    return new LlmFailure('setup', message, { cause: error })
  }
  return new LlmFailure('connection', `${url.host}: ${WORDS[code] ?? reasonOf(error)}`, { cause: error })
}
