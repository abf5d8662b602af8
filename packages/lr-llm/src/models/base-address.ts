import { UsageError } from '@loop-runner/cli-kit'
import { WIRES } from '../wires/table.ts'
import type { Api } from '../wires/wire.ts'

/**
 * The base address that a given one means: with or without `/v1`, or with a whole endpoint.
 *
 * @param home an address whose path is taken over where only its origin is given
 * @throws UsageError for what is no address
 */
export function baseAddress(given: string, api: Api, home?: string): string {
  const text = /^[a-z]+:\/\//i.test(given) ? given : `http://${given}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`option --url: "${given}" is no address of a server`)
  if (url.username !== '') throw new UsageError('option --url: no user or password belongs there (see --header)')
  const wire = WIRES[api]
  let path = url.pathname.replace(/\/+$/, '')
  if (path.endsWith(wire.path)) path = path.slice(0, -wire.path.length)
  else if (api === 'ollama') path = path.replace(/\/(v1|api)$/, '')
  else if (path === '' && home !== undefined && new URL(home).origin === url.origin)
    path = new URL(home).pathname.replace(/\/$/, '')
  else if (!/\/v\d/.test(path)) path += wire.prefix
  return `${url.origin}${path}${url.search}`
}

/** The address of one of a wire's endpoints: `search` of the base address stays at the end. */
export function endpoint(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl)
  url.pathname = url.pathname.replace(/\/$/, '') + path
  return url
}

/** Scheme, host and port: what two addresses of one server share. */
export function originOf(address: string): string {
  return new URL(address).origin.replace('//localhost', '//127.0.0.1')
}
