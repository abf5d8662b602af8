import type { Io } from '@loop-runner/cli-kit'
import { askModels } from '../ask/ask-models.ts'
import type { Context } from '../context.ts'
import type { Upstream } from './chat-service.ts'
import type { Endpoints } from '../models/endpoints.ts'
import { readModels } from '../models/read-models.ts'
import { makePooledTransport } from '../network/pooled-transport.ts'
import { LlmFailure } from '../answer/failure.ts'
import { applyForm } from '../answer/apply-form.ts'
import { commonOf, targetsOf } from '../request/question-of-options.ts'
import type { ServeValues } from './serve.ts'
import type { ServerTarget } from '../models/target.ts'

/** How long a look at the model's server may take. */
const LOOK_MS = 3000

/**
 * The upstream of a service. Calls outlive the first interrupt; `stop` ends those that are still running.
 *
 * @throws UsageError for options that name no model
 */
export function makeUpstream(
  options: ServeValues,
  endpoints: Endpoints,
  io: Io,
): { upstream: Upstream; stop: () => Promise<void> } {
  const targets = targetsOf(options, io.env, endpoints)
  const [target] = targets
  const stopping = new AbortController()
  const cleanUps = new Set<() => Promise<void> | void>()
  const transport = makePooledTransport()
  const own: Context = {
    ...io,
    transport,
    onInterrupt: (cleanUp) => {
      cleanUps.add(cleanUp)
      return () => cleanUps.delete(cleanUp)
    },
  }
  const common = commonOf(targets, options, io)
  const upstream: Upstream = {
    label: target.label,
    names: [target.label, 'default', ...(target.kind === 'server' ? [target.model] : [])],
    ask: async ({ messages, sampling }, gone, onText) => {
      const signal = AbortSignal.any([gone, stopping.signal])
      const result = await askModels({ ...common, messages, sampling }, { ...own, signal }, { onText })
      return applyForm(result, { schema: sampling.schema })
    },
    isReady: async () => target.kind !== 'server' || isReachable(target, options, { ...own, signal: stopping.signal }),
  }
  const stop = async () => {
    stopping.abort(new Error('the service is stopped'))
    await Promise.allSettled([...cleanUps].map(async (cleanUp) => cleanUp()))
    await transport[Symbol.asyncDispose]()
  }
  return { upstream, stop }
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
