import { UsageError } from '@loop-runner/cli-kit'

export const OLLAMA_PORT = '11434'
const ANYWHERE: Readonly<Record<string, string>> = { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '[::]': '[::1]' }

/**
 * The address of an Ollama server as `OLLAMA_HOST` spells it: `host`, `:port`, `host:port`, an IPv6 address with or
 * without brackets, or a whole address. An address to listen on (0.0.0.0, ::) is taken for this machine.
 *
 * @throws UsageError for anything else
 */
export function ollamaAddress(host: string | undefined): string {
  const text = (host ?? '').trim().replace(/^["']|["']$/g, '')
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?(.*)$/.exec(text) ?? []
  const [authority = '', ...path] = rest.split('/')
  const usualPort = scheme === undefined ? OLLAMA_PORT : ''
  const address = `${scheme ?? 'http'}://${reachable(authority, usualPort)}/${path.join('/')}`.replace(/\/+$/, '')
  if (!URL.canParse(address)) throw new UsageError(`OLLAMA_HOST: "${text}" is not the address of a server`)
  return address
}

function reachable(authority: string, usualPort: string): string {
  const bareIpv6 = /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(authority)
  const [, name = '', port = usualPort] = /^(.*?)(?::(\d+))?$/.exec(bareIpv6 ? `[${authority}]` : authority) ?? []
  const host = ANYWHERE[name] ?? name
  return port === '' ? host : `${host}:${port}`
}
