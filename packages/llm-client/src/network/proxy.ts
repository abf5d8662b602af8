import { UsageError } from '@loop-runner/cli-kit'
import { isLoopback } from './is-loopback.ts'

/**
 * The proxy that `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY` name for an address, unless `NO_PROXY` exempts it; undefined if
 * it is reached directly. This machine itself is never reached through a proxy.
 *
 * @throws UsageError for a proxy whose address does not begin with `http://`
 */
export function proxyAddress(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const read = (name: string) => env[name.toLowerCase()] || env[name]
  const named = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY')
  if (!named || isLoopback(url) || isExempt(url, read('NO_PROXY') ?? '')) return undefined
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

/** The value of `proxy-authorization` for a proxy whose address has a user. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '') return undefined
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
