import { nearest } from '@loop-runner/cli-kit'
import { type CallOptions, headersOf } from '../answer/server-call.ts'
import type { LlmFailure } from '../answer/failure.ts'
import type { Network } from '../network/http-call.ts'
import { listModels } from './list-models.ts'
import type { ServerTarget } from './target.ts'

const NO_SUCH_MODEL =
  /model.{0,80}(not found|not exist|unknown|not available|decommissioned|not supported|no longer)|(no such|unknown|invalid) model|model_not_found/is
const MOST_NAMES = 3
/** Listed if no name is similar. */
const SHOWN_NAMES = 8
const PATIENCE_MS = 5000

/** Adds the nearest names of the server's models to a failure about an unknown model. */
export async function withSuggestions(
  failure: LlmFailure,
  target: ServerTarget,
  options: CallOptions,
  network: Network,
): Promise<LlmFailure> {
  if (failure.kind !== 'request' || !NO_SUCH_MODEL.test(failure.message)) return failure
  const signal = AbortSignal.any([network.signal, AbortSignal.timeout(PATIENCE_MS)])
  const models = await listModels(target, headersOf(target, options), { ...network, signal }).catch(() => [])
  const hints = [
    namesHint(
      target.model,
      models.map(({ id }) => id),
    ),
    target.api === 'ollama' ? `or: ollama pull ${target.model}` : '',
  ].filter((hint) => hint !== '')
  if (hints.length === 0) return failure
  const hint = hints.join(', ')
  return failure.with({ message: `${failure.message} (${hint})` })
}

function namesHint(model: string, names: readonly string[]): string {
  const near = nearestNames(model, names)
  if (near.length > 0) return `did you mean ${near.join(', ')}?`
  const more = names.length > SHOWN_NAMES ? ' …' : ''
  return names.length === 0 ? '' : `it has ${names.slice(0, SHOWN_NAMES).join(', ')}${more}`
}

/** Up to three names like the one that is wrong: mistyped, or longer ones that hold it. */
export function nearestNames(word: string, names: readonly string[]): string[] {
  const found = names.filter((name) => name.toLowerCase().includes(word.toLowerCase())).slice(0, MOST_NAMES)
  while (found.length < MOST_NAMES) {
    const next = nearest(
      word,
      names.filter((name) => !found.includes(name)),
    )
    if (next === undefined) break
    found.push(next)
  }
  return found
}
