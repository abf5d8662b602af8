import type { IncomingHttpHeaders } from 'node:http'
import type { Clients } from './clients.ts'

/** Who may use the service. */
export interface Doorkeeping {
  /** Whether only this machine can reach it. */
  readonly isLoopback: boolean
  readonly clients: Clients
}

/** The name of an accepted client, or why a request is rejected. */
export type Admission = { readonly client: string } | { readonly status: number; readonly message: string }

const OWN_HOSTS = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i

/**
 * Whether a request is accepted, and whose it is. On loopback a foreign `Host` is a web page that has given its own name
 * this address (DNS rebinding); a page may also send plain forms without asking, hence the media type.
 */
export function checkClient(
  method: string,
  headers: IncomingHttpHeaders,
  { isLoopback, clients }: Doorkeeping,
): Admission {
  if (isLoopback && !OWN_HOSTS.test(headers.host ?? '')) return { status: 403, message: 'this Host is not served here' }
  const client = clients.identify(headers.authorization)
  if (client === undefined) return { status: 401, message: 'the token is missing or wrong' }
  if (method === 'POST' && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    return { status: 415, message: 'content-type: expected application/json' }
  }
  return { client }
}
