import { nearest, UsageError } from '@loop-runner/cli-kit'
import { type Dialect, type Provider, PROVIDERS } from './providers.ts'
import type { Api } from '../wires/wire.ts'
import { WIRES } from '../wires/table.ts'
import { ollamaAddress } from '../ollama/ollama-address.ts'

/** A model behind a server. */
export interface ServerTarget {
  readonly kind: 'server'
  /** `groq/openai/gpt-oss-120b`: how messages and reports name it. */
  readonly label: string
  readonly provider: string
  readonly api: Api
  readonly dialect: Dialect
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Its provider's own address: only there its key is sent unasked. */
  readonly isHome: boolean
  readonly model: string
}

/** Who answers. */
export type Target =
  | ServerTarget
  | { readonly kind: 'exec'; readonly label: string; readonly command: string }
  | { readonly kind: 'replay'; readonly label: string; readonly path: string }

interface Choice {
  /** What -m says. */
  readonly model: string
  readonly url?: string | undefined
  readonly api?: Api | undefined
  readonly env: NodeJS.ProcessEnv
}

/**
 * What a model's full name means: `PROVIDER/MODEL`, a provider alone (its default model), `exec:COMMAND` or
 * `replay:PATH`. With an address, a name that begins with no provider is the server's own name of the model.
 *
 * @throws UsageError for a provider that is not known
 */
export function parseTarget({ model, url, api, env }: Choice): Target {
  const [, scheme, rest = ''] = /^(exec|replay):(.+)$/s.exec(model) ?? []
  if (scheme === 'exec') return { kind: 'exec', label: 'exec', command: rest }
  if (scheme === 'replay') return { kind: 'replay', label: 'replay', path: rest }
  if (model === 'exec:') throw new UsageError('model "exec:": which command? (exec:COMMAND)')
  if (model === 'replay:') throw new UsageError('model "replay:": which file or folder? (replay:PATH)')
  const [, word = '', name] = /^([^/]*)(?:\/(.+))?$/s.exec(model) ?? []
  if (Object.hasOwn(PROVIDERS, word)) return serverTarget(word, name, { url, api, env })
  if (url === undefined) throw unknownProvider(model, word)
  const address = baseAddress(url, api ?? 'openai-chat')
  return {
    ...serverTarget('openai', model, { url, api, env }),
    label: model,
    dialect: {},
    baseUrl: address,
    provider: new URL(address).host,
  }
}

function serverTarget(name: string, model: string | undefined, { url, api, env }: Omit<Choice, 'model'>): ServerTarget {
  const provider = PROVIDERS[name] as Provider
  const wire = api ?? provider.api
  const home = name === 'ollama' ? ollamaAddress(env['OLLAMA_HOST']) : provider.url
  const baseUrl = url === undefined ? home : baseAddress(url, wire, home)
  const wanted = model ?? provider.model
  return {
    kind: 'server',
    label: `${name}/${wanted}`,
    provider: name,
    api: wire,
    dialect: provider.dialect ?? {},
    baseUrl,
    isHome: new URL(baseUrl).origin === new URL(home).origin,
    model: wanted,
  }
}

function unknownProvider(model: string, word: string): UsageError {
  const names = Object.keys(PROVIDERS)
  const near = nearest(word, names)
  const hint = near === undefined ? `PROVIDER/MODEL with one of ${names.join(', ')}` : `did you mean ${near}?`
  return new UsageError(`model "${model}": no provider is named "${word}" (${hint}; or give its server's --url)`)
}

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
