import type { Readable } from 'node:stream'
import { errorCode, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { connectionFailure } from './connection-failure.ts'
import { decompress } from './decompress.ts'
import { nodeTransport } from './node-transport.ts'
import { type Limits, PhaseLimits } from './phase-limits.ts'
import { proxyAddress, proxyName } from './proxy.ts'
import type { RawResponse, Transport } from './transport.ts'
import { trustedCertificates } from './trusted-certificates.ts'

/** Network settings of a call. */
export interface Network {
  /** For the variables that name proxies and certificates. */
  readonly env: NodeJS.ProcessEnv
  /** Certificates to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
  readonly limits: Limits
  /** Aborted when the time for everything is over, or by the user. */
  readonly signal: AbortSignal
  /** Default: one connection for each request; a proxy has a pool of its own. */
  readonly transport?: Transport | undefined
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
  /** The body as it comes; throws LlmFailure if it breaks off. */
  readonly chunks: AsyncIterable<Buffer>
}

/**
 * Sends one request. Redirects are not followed: a key must not travel.
 *
 * @throws LlmFailure when no response comes
 */
export async function callHttp(request: HttpRequest, network: Network): Promise<HttpResponse> {
  const limits = new PhaseLimits(network.limits, network.signal, request.url.host)
  const proxy = proxyAddress(request.url, network.env)
  try {
    const { status, headers, body } = await sendRequest(request, network, limits, proxy)
    const plain = await decompress(body, headers, request.url.host)
    return { status, headers, chunks: readChunks(plain, request.url, limits) }
  } catch (error) {
    limits.stop()
    throw limits.reason ?? connectionFailure(error, proxy ? proxyName(proxy, request.url) : request.url.host)
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

async function sendRequest(
  request: HttpRequest,
  network: Network,
  limits: PhaseLimits,
  proxy: URL | undefined,
): Promise<RawResponse> {
  const roots = request.url.protocol === 'https:' ? (await import('node:tls')).rootCertificates : []
  const { ca } = request.url.protocol === 'https:' ? trustedCertificates(network, () => roots) : {}
  const options = { limits, ca, proxy }
  if (network.transport) return network.transport.send(request, options)
  if (!proxy) return nodeTransport.send(request, options)
  const { makePooledTransport } = await import('./pooled-transport.ts')
  return makePooledTransport().send(request, options)
}

async function* readChunks(body: Readable, { host }: URL, limits: PhaseLimits): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) {
      limits.alive()
      yield chunk as Buffer
    }
    // A body without a length ends with its connection, also if that was aborted here.
    if (limits.reason !== undefined) throw limits.reason
  } catch (error) {
    const why = errorCode(error) === 'ECONNRESET' ? '' : `: ${reasonOf(error)}`
    throw limits.reason ?? new LlmFailure('cut', `${host}: the connection was lost before the end of the answer${why}`)
  } finally {
    limits.stop()
    body.destroy()
  }
}
