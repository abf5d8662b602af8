import { type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import {
  type Context,
  defaultProvider,
  type Endpoints,
  findKey,
  keyVariable,
  LlmFailure,
  namesProvider,
  parseTarget,
  type Target,
  unknownProvider,
} from '@loop-runner/llm-client'
import { keySourceOf } from '../ask/call-options-of.ts'
import { describeNoKey } from '../keys/describe-no-key.ts'
import type { CommonValues } from '../request/question-of-options.ts'
import { readModels } from './read-models.ts'

/** How long the default provider may take to list its models. */
const LOOK_MS = 5000

/** Options as given, and which of them are on the command line. */
interface Given<T extends CommonValues> {
  readonly options: T
  readonly typed: ReadonlySet<string>
  readonly endpoints: Endpoints
}

/**
 * The options with the model that they mean. A provider on the command line counts more than an address that is not on it.
 * A name without a provider is the default provider's model, if that has it.
 *
 * @throws UsageError for a model that is not known, with the nearest name
 */
export async function chooseModel<T extends CommonValues>({ options, typed, endpoints }: Given<T>, io: Io): Promise<T> {
  const { model, url, local, replay } = options
  if (local || replay !== undefined) return options
  if (model === undefined) {
    if (url === undefined) noticeDefault(io)
    return options
  }
  if (namesProvider(model, endpoints)) {
    return url !== undefined && typed.has('model') && !typed.has('url') ? { ...options, url: undefined } : options
  }
  return url !== undefined || model === '' ? options : fromDefaultProvider(model, options, endpoints, io)
}

async function fromDefaultProvider<T extends CommonValues>(
  model: string,
  options: T,
  endpoints: Endpoints,
  io: Context,
): Promise<T> {
  const provider = defaultProvider(io.env)
  const known = await modelsOf(provider, options, io)
  const found = known.find((id) => id === model || id === `${model}:latest`)
  if (found === undefined) {
    const near = nearest(model, known)
    throw unknownProvider(model, endpoints, near === undefined ? undefined : `${provider}/${near}`)
  }
  io.warn(`model "${model}": taken as ${provider}/${found} (the default provider has it)`)
  return { ...options, model: `${provider}/${found}` }
}

/** Only on a terminal or with -v: in a pipe standard error is silent on success. */
function noticeDefault(io: Io): void {
  const provider = defaultProvider(io.env)
  const variable = keyVariable(provider, io.env)
  if (variable === undefined) return
  const print = io.stderr.isTerminal ? io.progress : io.detail
  print(`no model is named: using ${provider} (${variable} is set)`)
}

async function modelsOf(provider: string, options: CommonValues, io: Context): Promise<string[]> {
  const target = parseTarget({ model: provider, env: io.env })
  if (target.kind !== 'server') return []
  try {
    const models = await readModels(target, { ...options, timeout: LOOK_MS }, io)
    return models.map(({ id }) => id)
  } catch (error) {
    if (error instanceof LlmFailure || error instanceof UsageError) return []
    throw error
  }
}

/**
 * Finds out that a key is missing before anything else is done. A command that prints a key is not run for that.
 *
 * @throws LlmFailure that names the provider, or, if the user has named none, all that there are
 */
export async function requireKey(target: Target, options: CommonValues, io: Context): Promise<void> {
  if (target.kind !== 'server' || options['key-cmd'] !== undefined) return
  try {
    await findKey(target, keySourceOf(options), io)
  } catch (error) {
    const isDefault = options.model === undefined && options.url === undefined && keySourceOf(options).env === undefined
    throw error instanceof LlmFailure && isDefault ? new LlmFailure('auth', describeNoKey()) : error
  }
}
