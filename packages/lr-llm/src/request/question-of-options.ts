import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError, type Values } from '@loop-runner/cli-kit'
import type {
  CALL_OPTIONS,
  CONVERSATION_OPTIONS,
  OUTPUT_OPTIONS,
  REQUEST_OPTIONS,
  TARGET_OPTIONS,
} from '../ask/ask-options.ts'
import {
  type Api,
  type Attachment,
  type Context,
  type Endpoints,
  keptPricesPath,
  type Message,
  parseTarget,
  PROVIDERS,
  type Question,
  readSchema,
  type Sampling,
  type Target,
} from '@loop-runner/llm-client'
import { callOptionsOf, keySourceOf } from '../ask/call-options-of.ts'

/** Options shared by all commands that send requests. */
export type CommonValues = Values<typeof TARGET_OPTIONS> &
  Values<typeof CALL_OPTIONS> &
  Pick<Values<typeof REQUEST_OPTIONS>, 'body'>
/** Options that make a request of a prompt. */
export type RequestValues = CommonValues & Values<typeof REQUEST_OPTIONS> & Values<typeof CONVERSATION_OPTIONS>
export type AskValues = RequestValues & Values<typeof OUTPUT_OPTIONS>

/**
 * The model that the options name, and its fallbacks.
 *
 * @throws UsageError for an unknown model
 */
export function targetsOf(
  options: CommonValues,
  env: NodeJS.ProcessEnv,
  endpoints?: Endpoints,
): readonly [Target, ...Target[]] {
  if (options.replay !== undefined) return [{ kind: 'replay', label: 'replay', path: options.replay }]
  if (options.local && options.url !== undefined) {
    throw new UsageError('option --local: cannot be combined with --url (set OLLAMA_HOST instead)')
  }
  const others = (options.fallback ?? '').split(',').filter((model) => model !== '')
  const first = options.local
    ? localTarget(options.model, env, options.api)
    : parseTarget({ ...options, env, endpoints })
  return [first, ...others.map((model) => parseTarget({ model, env, endpoints }))]
}

/** A model of the Ollama server on this machine. */
export function localTarget(model: string | undefined, env: NodeJS.ProcessEnv, api?: Api): Target {
  const target = parseTarget({ model: localName(model), api, env })
  if (target.kind === 'server' && target.provider === 'ollama') return target
  throw new UsageError(`option --local: ${target.label} is not a model of Ollama`)
}

/** Of a local model its own name is enough; without one Ollama's default model is meant. */
function localName(model = 'ollama'): string {
  const [word = ''] = model.split('/')
  return Object.hasOwn(PROVIDERS, word) ? model : `ollama/${model}`
}

/** A prompt, its files, and the messages before it. */
interface Asked {
  readonly prompt: string
  readonly attached?: readonly Attachment[]
  readonly before?: readonly Message[]
}

/**
 * The request for a prompt and options.
 *
 * @throws UsageError for an option or a file that cannot be used
 */
export function questionOf(
  { prompt, attached = [], before = [] }: Asked,
  targets: Question['targets'],
  options: RequestValues,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Question {
  refuseForTargets(targets, options, attached)
  const message: Message = { role: 'user', text: prompt, ...(attached.length > 0 ? { attachments: attached } : {}) }
  const { system } = options
  return {
    ...commonOf(targets, options, { cwd, env }),
    messages: [...(system === undefined ? [] : [{ role: 'system', text: system } as const]), ...before, message],
    sampling: samplingOf(options, cwd),
  }
}

/** A target without a server takes no files, and has no body to set. */
function refuseForTargets(
  targets: Question['targets'],
  { body }: RequestValues,
  attached: readonly Attachment[],
): void {
  const other = targets.find(({ kind }) => kind !== 'server' && kind !== 'replay')
  if (!other) return
  const what = other.kind === 'gguf' ? 'a model file' : 'a command'
  if (attached.length > 0) throw new UsageError(`option --attach: ${what} cannot take files`)
  if (body.length > 0 && targets.length === 1) throw new UsageError(`option --body: ${what} has no request body`)
}

/**
 * The parts of a request that do not depend on the prompt.
 *
 * @throws UsageError for an option or a file that cannot be used
 */
export function commonOf(
  targets: Question['targets'],
  options: CommonValues,
  { cwd, env }: Pick<Context, 'cwd' | 'env'>,
): Omit<Question, 'messages' | 'sampling'> {
  const path = (name: string | undefined) => (name === undefined ? undefined : resolve(cwd, name))
  return {
    targets,
    key: keySourceOf(options),
    callOptions: callOptionsOf(options, cwd),
    passEnv: options['pass-env'],
    inOrder: options['replay-order'],
    prices: options.price,
    priceFile: path(options.prices) ?? keptPrices(env),
    maxCost: options['max-cost'],
    cache: path(options['cache-dir']),
    record: path(options.record),
  }
}

function keptPrices(env: NodeJS.ProcessEnv): string | undefined {
  const path = keptPricesPath(env)
  return existsSync(path) ? path : undefined
}

function samplingOf(options: RequestValues, cwd: string): Sampling {
  if (options.stop.includes('')) throw new UsageError('option --stop: an empty string would stop every answer')
  return {
    temperature: options.temperature,
    topP: options['top-p'],
    maxTokens: options['max-tokens'],
    stop: options.stop.length === 0 ? undefined : options.stop,
    seed: options.seed,
    effort: options.effort,
    schema: options.schema === undefined ? undefined : readSchema(options.schema, cwd),
  }
}
