import { parseJson, UsageError } from '@loop-runner/cli-kit'

/** A service that holds a model file in memory. */
export interface ModelService {
  readonly url: string
  readonly token: string
}

/** lr-loop sets them for a run: the addresses of services by the names of models, as a JSON object, and their token. */
const SERVICES = 'LR_GGUF_SERVICES'
const TOKEN = 'LR_GGUF_TOKEN'

/**
 * The service that holds the model of this name; undefined if no variable names one.
 *
 * @throws UsageError for a variable with something else
 */
export function modelServiceOf(model: string, env: NodeJS.ProcessEnv): ModelService | undefined {
  const text = env[SERVICES]
  if (!text) return undefined
  const services = parseJson(text)
  if (typeof services !== 'object' || services === null) throw new UsageError(`${SERVICES}: not a JSON object`)
  const url: unknown = Object.hasOwn(services, model) ? Reflect.get(services, model) : undefined
  return typeof url === 'string' ? { url, token: env[TOKEN] ?? '' } : undefined
}
