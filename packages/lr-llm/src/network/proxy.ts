import type { Socket } from 'node:net'
import { UsageError } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { connectionFailure } from './connection-failure.ts'

/** How to reach an address through a proxy. */
export interface Tunnel {
  /** A connection to the far end; for TLS. */
  readonly socket?: Socket
  /** Where and what to ask instead; for plain HTTP. */
  readonly target?: { readonly host: string; readonly port: string; readonly path: string }
  readonly headers?: Readonly<Record<string, string>>
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * The proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` name for an address, unless `NO_PROXY` exempts it. This
 * machine itself is never asked for through a proxy.
 *
 * @throws UsageError for a proxy that is not of the kind `http://`
 */
export async function proxyFor(url: URL, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Tunnel | undefined> {
  const proxy = proxyAddress(url, env)
  if (!proxy) return undefined
  const headers = authorization(proxy)
  if (url.protocol === 'https:') return { socket: await openTunnel(url, proxy, headers, signal) }
  const target = { host: bare(proxy.hostname), port: proxy.port || '80', path: url.href }
  return { target, headers: { host: url.host, ...headers } }
}

/** The address of the proxy for `url`; undefined where it is reached directly. */
export function proxyAddress(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const read = (name: string) => env[name.toLowerCase()] || env[name]
  const named = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY')
  if (!named || LOOPBACK.test(url.hostname) || isExempt(url, read('NO_PROXY') ?? '')) return undefined
  const address = named.includes('://') ? named : `http://${named}`
  if (!URL.canParse(address) || new URL(address).protocol !== 'http:') {
    throw new UsageError('proxy: only addresses like http://HOST:PORT can be used (see HTTPS_PROXY, ALL_PROXY)')
  }
  return new URL(address)
}

function isExempt(url: URL, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const [, host = '', port] = /^(?:\*?\.)?(.+?)(?::(\d+))?$/.exec(entry) ?? []
    if (host === '' || (port !== undefined && port !== portOf(url))) return false
    return url.hostname === host || url.hostname.endsWith(`.${host}`)
  })
}

/** A proxy in messages. */
export function proxyName(proxy: URL, { host }: URL): string {
  return `${proxy.host} (the proxy for ${host})`
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

async function openTunnel(
  url: URL,
  proxy: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Socket> {
  const { request } = await import('node:http')
  const authority = `${url.hostname}:${portOf(url)}`
  const call = request({
    host: bare(proxy.hostname),
    port: proxy.port || '80',
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...headers },
    agent: false,
    signal,
  })
  return new Promise((resolve, reject) => {
    call.on('error', (error) => reject(connectionFailure(error, proxyName(proxy, url))))
    call.on('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new LlmFailure('connection', `${proxyName(proxy, url)}: it refused: HTTP ${response.statusCode}`))
    })
    call.end()
  })
}

/** Without the brackets of an IPv6 address, as sockets want it. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}
