import type { IncomingHttpHeaders } from 'node:http'
import { timingSafeEqual } from 'node:crypto'

/** Who may use the service. */
export interface Doorkeeping {
  /** Whether only this machine can reach it. */
  readonly isLoopback: boolean
  readonly token: string | undefined
}

const OWN_HOSTS = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i

/**
 * Why a request is rejected; undefined if it is accepted. On loopback a foreign `Host` is a web page that has given
 * its own name this address (DNS rebinding); a page may also send plain forms without asking, hence the media type.
 */
export function checkClient(
  method: string,
  headers: IncomingHttpHeaders,
  { isLoopback, token }: Doorkeeping,
): { readonly status: number; readonly message: string } | undefined {
  if (isLoopback && !OWN_HOSTS.test(headers.host ?? '')) return { status: 403, message: 'this Host is not served here' }
  if (token !== undefined && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    return { status: 401, message: 'the token is missing or wrong' }
  }
  if (method === 'POST' && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    return { status: 415, message: 'application/json is expected' }
  }
  return undefined
}

/** Takes as long for a nearly right one as for any other. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}
