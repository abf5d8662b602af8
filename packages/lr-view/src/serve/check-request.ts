import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { isSameSecret } from '@loop-runner/cli-kit'

/** Who may use the server. */
export interface Door {
  readonly token: string
  /** Cookies are not told apart by port: each server has a name of its own. */
  readonly cookieName: string
  /** Names besides those of loopback that `Host` may have. */
  readonly hosts: readonly string[]
  /** Whether addresses other than loopback may be asked for: the server listens beyond it. */
  readonly isPublic: boolean
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

/**
 * Why a request is refused; undefined if it is accepted.
 *
 * A foreign `Host` is a page that gave its own name this address (DNS rebinding). `Origin` and `Sec-Fetch-Site` name the
 * page that sent the request; another port of this host is the same site to a cookie, but not to us.
 */
export function checkRequest(request: IncomingRequest, door: Door): Refusal | undefined {
  const foreign = findForeign(request, door)
  if (foreign !== undefined) return { status: 403, message: foreign }
  if (new URL(request.url).pathname === '/health') return undefined
  return checkToken(request, door)
}

type IncomingRequest = Pick<Request, 'method' | 'url' | 'headers'>

interface Refusal {
  readonly status: number
  readonly message: string
}

function findForeign({ method, headers }: IncomingRequest, door: Door): string | undefined {
  const host = headers.get('host') ?? ''
  if (!isOwnHost(host, door)) return 'this Host is not served here'
  const origin = headers.get('origin')
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) {
    return 'requests of other origins are refused'
  }
  const isOwnPage = /^(?:same-origin|none)$/.test(headers.get('sec-fetch-site') ?? 'none')
  const isLink = method === 'GET' && headers.get('sec-fetch-mode') === 'navigate'
  return isOwnPage || isLink ? undefined : 'requests of other sites are refused'
}

function checkToken({ method, headers }: IncomingRequest, { token, cookieName }: Door): Refusal | undefined {
  if (isSameSecret(headers.get('authorization') ?? '', `Bearer ${token}`)) return undefined
  if (!isSameSecret(readCookie(headers.get('cookie') ?? '', cookieName), cookieOf(token))) {
    return { status: 401, message: 'the token is missing or wrong: open the address that lr-view serve printed' }
  }
  const isReading = method === 'GET' || method === 'HEAD'
  if (isReading || headers.get('origin') !== null) return undefined
  return { status: 403, message: 'a request with a cookie needs an Origin' }
}

/** The value of the cookie: it does not reveal the token, and stays valid over a restart with the same token. */
export function cookieOf(token: string): string {
  return createHash('sha256').update(`lr-view cookie\0${token}`).digest('base64url')
}

/** An address cannot be rebound, a name can. */
function isOwnHost(host: string, { hosts, isPublic }: Door): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (LOOPBACK.test(name)) return true
  return isPublic && (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || hosts.includes(name))
}

function readCookie(header: string, name: string): string {
  const pairs = header.split(/;\s*/).map((pair) => pair.split('=', 2))
  return pairs.find(([key]) => key === name)?.[1] ?? ''
}
