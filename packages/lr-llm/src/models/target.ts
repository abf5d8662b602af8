import { nearest, UsageError } from '@loop-runner/cli-kit'
import { baseAddress, endpoint, originOf } from './base-address.ts'
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
  readonly model?: string | undefined
  readonly url?: string | undefined
  readonly api?: Api | undefined
  readonly env: NodeJS.ProcessEnv
}

/** Asked where nobody else is named. */
const DEFAULT_PROVIDER = 'groq'
/** What is asked for at an address where no model is named: servers that have one model do not look at its name. */
const ANY_MODEL = 'default'

/**
 * What a model's full name means: `PROVIDER/MODEL`, a provider alone (its default model), `exec:COMMAND` or
 * `replay:PATH`. With an address, a name that begins with no provider is the server's own name of the model.
 *
 * @throws UsageError for a provider that is not known
 */
export function parseTarget({ model, ...choice }: Choice): Target {
  const { url } = choice
  if (model === undefined) {
    return url === undefined ? serverTarget(DEFAULT_PROVIDER, model, choice) : addressTarget(url, model, choice)
  }
  return commandOrRecord(model) ?? namedTarget(model, choice)
}

function commandOrRecord(model: string): Target | undefined {
  const [, scheme, rest = ''] = /^(exec|replay):(.*)$/s.exec(model) ?? []
  if (scheme === undefined) return undefined
  const isCommand = scheme === 'exec'
  if (rest === '') {
    throw new UsageError(
      `model "${model}": which ${isCommand ? 'command? (exec:COMMAND)' : 'file or folder? (replay:PATH)'}`,
    )
  }
  return isCommand ? { kind: 'exec', label: 'exec', command: rest } : { kind: 'replay', label: 'replay', path: rest }
}

function namedTarget(model: string, choice: Omit<Choice, 'model'>): ServerTarget {
  const [, word = '', name] = /^([^/]*)(?:\/(.*))?$/s.exec(model) ?? []
  const provider = Object.hasOwn(PROVIDERS, word) ? PROVIDERS[word] : undefined
  if (provider && name === '') {
    throw new UsageError(`model "${model}": its name is missing (${word} alone means ${word}/${provider.model})`)
  }
  if (provider) return serverTarget(word, name, choice)
  if (choice.url === undefined || model === '') throw unknownProvider(model, word)
  return addressTarget(choice.url, model, choice)
}

/** A model at an address: of the provider whose own address it is, else of nobody that is known. */
function addressTarget(url: string, model: string | undefined, choice: Omit<Choice, 'model'>): ServerTarget {
  const { api = 'openai-chat', env } = choice
  const baseUrl = baseAddress(url, api)
  const provider = Object.keys(PROVIDERS).find((name) => originOf(homeOf(name, env)) === originOf(baseUrl))
  if (provider !== undefined) return serverTarget(provider, model, choice)
  const { host } = new URL(baseUrl)
  const label = model ?? `${host}/${ANY_MODEL}`
  return { kind: 'server', label, provider: host, api, dialect: {}, baseUrl, isHome: false, model: model ?? ANY_MODEL }
}

function serverTarget(name: string, model: string | undefined, { url, api, env }: Omit<Choice, 'model'>): ServerTarget {
  const provider = PROVIDERS[name] as Provider
  const wire = api ?? provider.api
  const home = homeOf(name, env)
  const baseUrl = url === undefined ? home : baseAddress(url, wire, home)
  const wanted = model ?? provider.model
  return {
    kind: 'server',
    label: `${name}/${wanted}`,
    provider: name,
    api: wire,
    dialect: provider.dialect ?? {},
    baseUrl,
    isHome: originOf(baseUrl) === originOf(home),
    model: wanted,
  }
}

function homeOf(name: string, env: NodeJS.ProcessEnv): string {
  return name === 'ollama' ? ollamaAddress(env['OLLAMA_HOST']) : (PROVIDERS[name] as Provider).url
}

function unknownProvider(model: string, word: string): UsageError {
  const names = Object.keys(PROVIDERS)
  const near = nearest(word, names)
  const hint = near === undefined ? `PROVIDER/MODEL with one of ${names.join(', ')}` : `did you mean ${near}?`
  return new UsageError(`model "${model}": no provider is named "${word}" (${hint}; or give its server's --url)`)
}

/** Where a question goes. */
export function questionAddress({ baseUrl, api }: ServerTarget): URL {
  return endpoint(baseUrl, WIRES[api].path)
}

/** The same for people: what stands behind a ? may be a key. */
export function shownAddress(target: ServerTarget): string {
  const { origin, pathname } = questionAddress(target)
  return origin + pathname
}
