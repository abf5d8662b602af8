import { join, resolve } from 'node:path'
import { type Io, stateFolder } from '@loop-runner/cli-kit'
import {
  applyForm,
  askModels,
  type Context,
  type Endpoints,
  ExecServers,
  findKey,
  type KeySource,
  Ledger,
  LlmFailure,
  LocalModels,
  makePooledTransport,
  type Question,
  requirePrices,
  type ServerTarget,
  SharedBudget,
  SharedLimits,
  type Target,
} from '@loop-runner/llm-client'
import { readModels } from '../models/read-models.ts'
import { commonOf, targetsOf } from '../request/question-of-options.ts'
import type { ServeValues } from './serve-options.ts'
import type { Upstream } from './upstream.ts'

/** How long a look at the model's server may take. */
const LOOK_MS = 3000
const MOST_REQUESTS = 256
/** A command is a process; each request to a model file needs memory of its own. */
const MOST_OF_KIND: Readonly<Partial<Record<Target['kind'], number>>> = { exec: 8, 'exec-server': 8, gguf: 2 }

/**
 * The upstream of a service. `start` loads model files. Calls outlive the first interrupt; `stop` ends those that are still
 * running.
 *
 * @throws UsageError for options that name no model, or a budget without prices; CommandError for a ledger
 */
export function makeUpstream(
  options: ServeValues,
  endpoints: Endpoints,
  io: Io,
): { upstream: Upstream; start: () => Promise<void>; stop: () => Promise<void> } {
  const targets = targetsOf(options, io.env, endpoints)
  const [target] = targets
  const stopping = new AbortController()
  const cleanUps = new Set<() => Promise<void> | void>()
  const transport = makePooledTransport()
  const localModels = new LocalModels(io.detail)
  const execServers = new ExecServers()
  const own: Context = {
    ...io,
    transport,
    localModels,
    execServers,
    onInterrupt: (cleanUp) => {
      cleanUps.add(cleanUp)
      return () => cleanUps.delete(cleanUp)
    },
  }
  const common = commonFor(targets, options, io)
  const { limits, budget } = limitsFor(target, options, io)
  const keyOf = heldKey(target, common.key, own)
  const upstream: Upstream = {
    label: target.label,
    names: [...new Set([target.label, ...(target.kind === 'server' ? [target.model] : []), 'default'])],
    get load() {
      return { ...limits.load, budget: budget?.remaining }
    },
    ask: async ({ messages, sampling }, { signal: gone, onText, follower }) => {
      const around = { ...own, signal: AbortSignal.any([gone, stopping.signal]) }
      const queue = limits.queueFor(follower)
      const result = await keyOf((key) => askModels({ ...common, key, messages, sampling, queue }, around, { onText }))
      return applyForm(result, { schema: sampling.schema })
    },
    isReady: async () => target.kind !== 'server' || isReachable(target, options, { ...own, signal: stopping.signal }),
    close: () => limits.close(),
  }
  const stop = async () => {
    stopping.abort(new Error('the service is stopped'))
    await Promise.allSettled([...cleanUps].map(async (cleanUp) => cleanUp()))
    await Promise.allSettled([transport, localModels, execServers].map((held) => held[Symbol.asyncDispose]()))
  }
  const start = async () => {
    for (const one of targets) if (one.kind === 'gguf') await localModels.load(one.path, own.signal)
  }
  return { upstream, start, stop }
}

/** The budget and the waits for rate limits belong to all requests together. */
function commonFor(
  targets: readonly [Target, ...Target[]],
  options: ServeValues,
  io: Io,
): Omit<Question, 'messages' | 'sampling'> {
  const common = commonOf(targets, options, io)
  requirePrices({ ...common, messages: [], sampling: {} })
  return { ...common, maxCost: undefined, callOptions: { ...common.callOptions, waitLimitMs: undefined } }
}

function limitsFor(
  { kind }: Target,
  options: ServeValues,
  io: Io,
): { readonly limits: SharedLimits; readonly budget: SharedBudget | undefined } {
  const { ledger: named, 'max-cost': maxCost } = options
  const path = named === undefined ? join(stateFolder(io.env), 'ledger.jsonl') : resolve(io.cwd, named)
  const ledger = named === undefined && maxCost === undefined ? undefined : new Ledger(path)
  const budget = ledger && maxCost !== undefined ? new SharedBudget(maxCost, ledger) : undefined
  if (ledger && budget) io.progress(`${ledger.spent.toFixed(4)} of ${maxCost} USD are spent (${path})`)
  const gate = {
    requests: options.rpm,
    tokens: options.tpm,
    windowMs: options['rate-window'],
    concurrent: options['max-concurrent'] ?? MOST_OF_KIND[kind] ?? MOST_REQUESTS,
    queue: options['max-queue'],
    waitMs: options['wait-limit'],
  }
  return { limits: new SharedLimits(gate, budget, ledger), budget }
}

/**
 * Keys in files and in the store are read for every request. A command that prints one runs once, and again when the
 * server rejects that key.
 */
function heldKey(
  target: Target,
  source: KeySource,
  io: Context,
): <T>(ask: (key: KeySource) => Promise<T>) => Promise<T> {
  if (source.command === undefined || target.kind !== 'server') return (ask) => ask(source)
  let held: Promise<string | undefined> | undefined
  const find = async (): Promise<KeySource> => {
    held ??= findKey(target, source, io)
    try {
      return { key: await held }
    } catch (error) {
      held = undefined
      throw error
    }
  }
  return async (ask) => {
    const before = await find()
    try {
      return await ask(before)
    } catch (error) {
      if (!(error instanceof LlmFailure) || error.kind !== 'auth') throw error
      held = undefined
      const after = await find()
      if (after.key === before.key) throw error
      return ask(after)
    }
  }
}

/** Whether the server responds at all, even if it does not list its models. */
async function isReachable(target: ServerTarget, options: ServeValues, io: Context): Promise<boolean> {
  try {
    await readModels(target, { ...options, timeout: LOOK_MS }, io)
    return true
  } catch (error) {
    return error instanceof LlmFailure && (error.kind === 'request' || error.kind === 'rate-limit')
  }
}
