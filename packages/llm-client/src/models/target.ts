import { nearest, UsageError } from '@loop-runner/cli-kit'
import { modelFileOf } from '../gguf/model-files.ts'
import { type ModelService, modelServiceOf } from '../gguf/model-service.ts'
import { baseAddress, endpoint, originOf } from './base-address.ts'
import { defaultProvider } from './default-provider.ts'
import type { Endpoint, Endpoints } from './endpoints.ts'
import { type Dialect, type Provider, PROVIDERS } from './providers.ts'
import type { Api } from '../apis/api-adapter.ts'
import { API_ADAPTERS } from '../apis/api-adapters.ts'
import { ollamaAddress } from '../ollama/ollama-address.ts'

/** A model on a server. */
export interface ServerTarget {
  readonly kind: 'server'
  /** `groq/openai/gpt-oss-120b`: how messages and reports name it. */
  readonly label: string
  readonly provider: string
  readonly api: Api
  readonly dialect: Dialect
  /** Without a slash at its end. */
  readonly baseUrl: string
  /** Whether this is the provider's own address: only there its key is sent by default. */
  readonly isHome: boolean
  /** The variable that holds the key of an endpoint of the user's own. */
  readonly keyEnv?: string | undefined
  readonly model: string
}

/** A server, a command, a recording or a model file. */
export type Target =
  | ServerTarget
  | { readonly kind: 'exec'; readonly label: string; readonly command: string }
  /** A command that runs for many requests. */
  | { readonly kind: 'exec-server'; readonly label: string; readonly command: string }
  | { readonly kind: 'replay'; readonly label: string; readonly path: string }
  /** A model file, which runs in this process unless a service holds it. */
  | {
      readonly kind: 'gguf'
      readonly label: string
      readonly path: string
      /** As it was named, by which a service is found. */
      readonly name: string
      readonly service?: ModelService | undefined
    }

interface Choice {
  /** The value of -m. */
  readonly model?: string | undefined
  readonly url?: string | undefined
  readonly api?: Api | undefined
  readonly env: NodeJS.ProcessEnv
  /** Servers of the user's own, by name. */
  readonly endpoints?: Endpoints | undefined
}

/** The model name for an address without -m: servers with one model ignore it. */
const ANY_MODEL = 'default'

/**
 * What a model's full name means: `PROVIDER/MODEL`, a provider alone (its default model), `exec:COMMAND`, `exec-server:COMMAND`, `replay:PATH`,
 * `gguf:FILE` or the path of such a file. With an address, a name that begins with no provider is the server's own name of the model.
 *
 * @throws UsageError for a provider that is not known
 */
export function parseTarget({ model, ...choice }: Choice): Target {
  const { url } = choice
  if (model === undefined) {
    return url === undefined
      ? serverTarget(defaultProvider(choice.env), model, choice)
      : addressTarget(url, model, choice)
  }
  return commandOrRecord(model) ?? modelFile(model, choice.env) ?? namedTarget(model, choice)
}

function commandOrRecord(model: string): Target | undefined {
  const [, scheme, rest = ''] = /^(exec|exec-server|replay):(.*)$/s.exec(model) ?? []
  if (scheme === undefined) return undefined
  if (rest === '') {
    const what = scheme === 'replay' ? 'file or folder? (replay:PATH)' : `command? (${scheme}:COMMAND)`
    throw new UsageError(`model "${model}": which ${what}`)
  }
  if (scheme === 'replay') return { kind: scheme, label: scheme, path: rest }
  return { kind: scheme as 'exec' | 'exec-server', label: scheme, command: rest }
}

function modelFile(model: string, env: NodeJS.ProcessEnv): Target | undefined {
  const file = modelFileOf(model, env)
  return file && { kind: 'gguf', ...file, name: model, service: modelServiceOf(model, env) }
}

function namedTarget(model: string, choice: Omit<Choice, 'model'>): ServerTarget {
  const [, word = '', name] = /^([^/]*)(?:\/(.*))?$/s.exec(model) ?? []
  const endpoint = choice.endpoints?.get(word)
  if (endpoint) return endpointTarget(word, name, endpoint, choice)
  const provider = Object.hasOwn(PROVIDERS, word) ? PROVIDERS[word] : undefined
  if (provider && name === '') {
    throw new UsageError(`model "${model}": its name is missing (${word} alone means ${word}/${provider.model})`)
  }
  if (provider) return serverTarget(word, name, choice)
  if (choice.url === undefined || model === '') throw unknownProvider(model, choice.endpoints)
  return addressTarget(choice.url, model, choice)
}

/** Whether a model's name begins with a provider or an endpoint, or is a command or a recording. */
export function namesProvider(model: string, endpoints: Endpoints | undefined): boolean {
  const [word = ''] = model.split('/')
  return (
    Object.hasOwn(PROVIDERS, word) ||
    endpoints?.has(word) === true ||
    /^(exec|exec-server|replay|gguf):|^\.{0,2}\/.*\.gguf$/.test(model)
  )
}

function endpointTarget(
  name: string,
  model: string | undefined,
  endpoint: Endpoint,
  choice: Omit<Choice, 'model'>,
): ServerTarget {
  const api = choice.api ?? endpoint.api
  const wanted = model || (endpoint.model ?? ANY_MODEL)
  const baseUrl = baseAddress(endpoint.url, api)
  const { keyEnv } = endpoint
  return {
    kind: 'server',
    label: `${name}/${wanted}`,
    provider: name,
    api,
    dialect: {},
    baseUrl,
    isHome: false,
    keyEnv,
    model: wanted,
  }
}

/** A model at an address: of the provider with that address, else of an unknown one. */
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
  const ownApi = api ?? provider.api
  const home = homeOf(name, env)
  const baseUrl = url === undefined ? home : baseAddress(url, ownApi, home)
  const wanted = model ?? provider.model
  return {
    kind: 'server',
    label: `${name}/${wanted}`,
    provider: name,
    api: ownApi,
    dialect: provider.dialect ?? {},
    baseUrl,
    isHome: originOf(baseUrl) === originOf(home),
    model: wanted,
  }
}

function homeOf(name: string, env: NodeJS.ProcessEnv): string {
  if (name === 'ollama') return ollamaAddress(env['OLLAMA_HOST'])
  const { api, url } = PROVIDERS[name] as Provider
  const given = addressVariables(name)
    .map((variable) => env[variable])
    .find(Boolean)
  return given === undefined ? url : baseAddress(given, api, url)
}

/** The variables that redirect the provider's own libraries, such as OPENAI_BASE_URL. */
function addressVariables(name: string): string[] {
  return [`${name.toUpperCase()}_BASE_URL`, ...(PROVIDERS[name]?.addressVariables ?? [])]
}

/** @param nearest a model that the server of the default provider has */
export function unknownProvider(model: string, endpoints?: Endpoints, nearestModel?: string): UsageError {
  const [word = ''] = model.split('/')
  const names = [...Object.keys(PROVIDERS), ...(endpoints?.keys() ?? [])]
  const family = Object.keys(PROVIDERS).find((name) => PROVIDERS[name]?.families?.test(model))
  const near = family === undefined ? (nearest(word, names) ?? nearestModel) : `${family}/${model}`
  const hint = near === undefined ? `PROVIDER/MODEL with one of ${names.join(', ')}` : `did you mean ${near}?`
  return new UsageError(`model "${model}": unknown provider "${word}" (${hint}; or give its server with --url)`)
}

/** The address of a request. */
export function requestAddress({ baseUrl, api }: ServerTarget): URL {
  return endpoint(baseUrl, API_ADAPTERS[api].path)
}

/** The same for messages, without the query, which may hold a key. */
export function shownAddress(target: ServerTarget): string {
  const { origin, pathname } = requestAddress(target)
  return origin + pathname
}
