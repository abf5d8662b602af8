import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { Readable } from 'node:stream'
import { errorCode, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { connectionFailure } from './connection-failure.ts'
import { decompress } from './decompress.ts'
import { type Limits, PhaseLimits } from './phase-limits.ts'
import { proxyAddress, proxyFor, proxyName, type Tunnel } from './proxy.ts'
import { trustedCertificates } from './trusted-certificates.ts'

/** The network as a call sees it. */
export interface Network {
  /** For the variables that name proxies and certificates. */
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
  const limits = new PhaseLimits(network.limits, network.signal, request.url.host)
  try {
    const message = await sendRequest(request, network, limits)
    const body = await decompress(message, request.url.host)
    return { status: message.statusCode ?? 0, headers: message.headers, chunks: readChunks(body, request.url, limits) }
  } catch (error) {
    limits.stop()
    throw limits.reason ?? connectionFailure(error, placeOf(request.url, network.env))
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

async function sendRequest({ url, method, headers, body }: HttpRequest, network: Network, limits: PhaseLimits) {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const tunnel = await proxyFor(url, network.env, limits.signal)
  const options: RequestOptions = {
    method,
    agent: false,
    signal: limits.signal,
    headers: { ...headers, ...tunnel?.headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
  }
  const request = await openRequest(url, options, tunnel, network)
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve)
    // Stays on, since a late error must not end the program: by then the body's reader says it.
    request.on('error', reject)
  })
  request.on('socket', (socket) => {
    // A connection whose other end is gone without a word is noticed by the system.
    socket.setKeepAlive(true, 30_000)
    if (!socket.connecting) limits.connected()
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => limits.connected())
  })
  request.end(bytes)
  return response
}

async function openRequest(
  url: URL,
  options: RequestOptions,
  tunnel: Tunnel | undefined,
  network: Network,
): Promise<ClientRequest> {
  if (url.protocol === 'http:') {
    const { request } = await import('node:http')
    return tunnel ? request({ ...options, ...tunnel.target }) : request(url, options)
  }
  const [{ request }, tls] = await Promise.all([import('node:https'), import('node:tls')])
  const trust = trustedCertificates(network, () => tls.rootCertificates)
  const { socket } = tunnel ?? {}
  if (!socket) return request(url, { ...options, ...trust })
  const secure = tls.connect({ socket, servername: url.hostname, ...trust })
  // Node asks for a connection of ours only where there is no agent.
  return request(url, { ...options, agent: undefined, createConnection: () => secure })
}

/** Who is connected to, for messages: through a tunnel it is the server, too. */
function placeOf(url: URL, env: NodeJS.ProcessEnv): string {
  const proxy = url.protocol === 'http:' ? proxyAddress(url, env) : undefined
  return proxy ? proxyName(proxy, url) : url.host
}

async function* readChunks(body: Readable, { host }: URL, limits: PhaseLimits): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) {
      limits.alive()
      yield chunk as Buffer
    }
    // A body without a length ends where its connection does, also when it was ended from here.
    if (limits.reason !== undefined) throw limits.reason
  } catch (error) {
    const why = errorCode(error) === 'ECONNRESET' ? '' : `: ${reasonOf(error)}`
    throw limits.reason ?? new LlmFailure('cut', `${host}: the connection was lost before the answer's end${why}`)
  } finally {
    limits.stop()
    body.destroy()
  }
}
