import type { IncomingMessage } from 'node:http'
import { isSameSecret } from '@loop-runner/cli-kit'

/** Where MCP is served. */
export const PATH = '/mcp'

/** Why a request is refused; undefined if it is not. */
export type Refusal = {
  readonly status: number
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Whether a request may be served: it names this machine as host (a page of another site whose name was rebound to our
 * address does not), comes from no other origin, and has the token.
 */
export function refusalOf(
  { headers, url = '/', method }: IncomingMessage,
  port: number,
  token: string,
): Refusal | undefined {
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`)
  if (!hosts.includes(headers.host ?? '')) return { status: 403, message: 'Host: not this server' }
  const { origin } = headers
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    return { status: 403, message: 'Origin: not allowed' }
  const address = parseUrl(url)
  if (address?.pathname !== PATH) return { status: 404, message: `not found (MCP is at ${PATH})` }
  if (!hasToken(headers.authorization, address, token)) {
    const message = 'the token is missing or wrong (send "Authorization: Bearer TOKEN", or ?token=TOKEN)'
    return { status: 401, message, headers: { 'www-authenticate': 'Bearer' } }
  }
  if (!['POST', 'GET', 'DELETE'].includes(method ?? '')) {
    return { status: 405, message: 'method not allowed', headers: { allow: 'POST, GET, DELETE' } }
  }
  return undefined
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url, 'http://localhost')
  } catch {
    return undefined
  }
}

function hasToken(authorization: string | undefined, address: URL, token: string): boolean {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return [bearer, address.searchParams.get('token')].some(
    (given) => typeof given === 'string' && isSameSecret(given, token),
  )
}
