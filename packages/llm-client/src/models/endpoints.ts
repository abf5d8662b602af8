import { type ConfigFile, UsageError } from '@loop-runner/cli-kit'
import { isObject, textOf } from '../json.ts'
import { PROVIDERS } from './providers.ts'
import { APIS, type Api } from '../apis/api-adapter.ts'

/** A server of the user's own, by a name that -m takes as a provider: `providers:` in a configuration file. */
export interface Endpoint {
  readonly url: string
  readonly api: Api
  /** The variable that holds its key. */
  readonly keyEnv: string | undefined
  /** The model that the name alone means. */
  readonly model: string | undefined
}

export type Endpoints = ReadonlyMap<string, Endpoint>

/** The key of configuration files that names endpoints. */
export const ENDPOINTS_KEY = 'providers'
const FIELDS: ReadonlySet<string> = new Set(['url', 'api', 'key-env', 'model'])

/**
 * The endpoints of the configuration files; the strongest file counts. They say where text and keys go: the key needs trust.
 *
 * @throws UsageError with the place of what is wrong
 */
export function readEndpoints(files: readonly ConfigFile[]): Endpoints {
  const endpoints = new Map<string, Endpoint>()
  for (const file of files) {
    const found = file.keys[ENDPOINTS_KEY]
    if (found === undefined) continue
    const { line, column } = file.find([ENDPOINTS_KEY])
    const place = `${file.path}:${line}:${column}: ${ENDPOINTS_KEY}`
    if (!isObject(found)) throw new UsageError(`${place}: expected a mapping of names to servers`)
    for (const [name, fields] of Object.entries(found)) {
      if (!endpoints.has(name)) endpoints.set(name, readEndpoint(fields, name, `${place}.${name}`))
    }
  }
  return endpoints
}

function readEndpoint(fields: unknown, name: string, place: string): Endpoint {
  if (Object.hasOwn(PROVIDERS, name) || !/^[\w.-]+$/.test(name)) {
    throw new UsageError(`${place}: choose another name (it is a provider's, or not made of letters, digits, - and _)`)
  }
  if (!isObject(fields)) throw new UsageError(`${place}: expected a mapping with url`)
  const unknown = Object.keys(fields).find((field) => !FIELDS.has(field))
  if (unknown !== undefined) throw new UsageError(`${place}: unknown key ${unknown} (${[...FIELDS].join(', ')})`)
  const url = textOf(fields['url'])
  if (url === undefined) throw new UsageError(`${place}: url is missing`)
  const api = fields['api'] ?? 'openai-chat'
  const known = APIS.find((candidate) => candidate === api)
  if (!known) throw new UsageError(`${place}.api: choose from ${APIS.join(', ')}`)
  return { url, api: known, keyEnv: textOf(fields['key-env']), model: textOf(fields['model']) }
}
