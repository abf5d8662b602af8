import { UsageError } from '@loop-runner/cli-kit'
import { API_ADAPTERS } from '../apis/api-adapters.ts'
import type { Api } from '../apis/api-adapter.ts'

/**
 * Normalises a base address: with or without `/v1`, or a complete endpoint.
 *
 * @param home an address whose path is used if only its origin is given
 * @throws UsageError for an invalid address
 */
export function baseAddress(given: string, api: Api, home?: string): string {
  const text = /^[a-z]+:\/\//i.test(given) ? given : `http://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`option --url: "${given}" is not the address of a server`)
  if (url.username !== '') throw new UsageError('option --url: a user or password is not allowed in it (see --header)')
  const adapter = API_ADAPTERS[api]
  let path = url.pathname.replace(/\/+$/, '')
  if (path.endsWith(adapter.path)) path = path.slice(0, -adapter.path.length)
  else if (api === 'ollama') path = path.replace(/\/(v1|api)$/, '')
  else if (path === '' && home !== undefined && new URL(home).origin === url.origin)
    path = new URL(home).pathname.replace(/\/$/, '')
  else if (!/\/v\d/.test(path)) path += adapter.prefix
  return `${url.origin}${path}${url.search}`
}

/** The address of an endpoint of the API; the query of the base address is kept. */
export function endpoint(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl)
  url.pathname = url.pathname.replace(/\/$/, '') + path
  return url
}

/** Scheme, host and port: what two addresses of one server share. */
export function originOf(address: string): string {
  return new URL(address).origin.replace('//localhost', '//127.0.0.1')
}
