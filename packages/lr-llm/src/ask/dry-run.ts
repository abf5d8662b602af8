import { plural } from '@loop-runner/cli-kit'
import {
  API_ADAPTERS,
  contextNeeded,
  dearestOutput,
  estimateTokens,
  isSecretHeader,
  priceOf,
  type Question,
  requestTo,
  setContext,
  shownAddress,
  writeBody,
} from '@loop-runner/llm-client'

/** The request that would be sent, and its address: the exact body, and a line for people. Keys are not read. */
export interface DryRun {
  readonly body: string
  readonly where: string
  /** Tokens and cost, as a line for people, if the price is known. */
  readonly forecast: string | undefined
}

export function dryRun(question: Question): DryRun {
  return { ...bodyOf(question), forecast: forecastOf(question) }
}

function forecastOf(question: Question): string | undefined {
  const [target] = question.targets
  const tokens = estimateTokens(requestTo(target, question))
  const price = priceOf(target, question)
  const most = question.sampling.maxTokens
  const out = most === undefined ? 'no limit for the answer (--max-tokens)' : `at most ${most} tokens out`
  if (!price) return undefined
  const cost = (tokens * price.input + (most ?? 0) * dearestOutput(price)) / 1e6
  const words = most === undefined ? 'the prompt costs about' : 'at most about'
  return `about ${plural(tokens, 'token')} in, ${out}; ${words} ${Number(cost.toPrecision(2))} USD`
}

function bodyOf(question: Question): Omit<DryRun, 'forecast'> {
  const [target] = question.targets
  const request = requestTo(target, question)
  if (target.kind !== 'server') {
    return { body: `${JSON.stringify(request)}\n`, where: `would ask ${target.label}` }
  }
  const adapter = API_ADAPTERS[target.api]
  const { fields, headers } = question.callOptions
  const mayHaveKey = target.isHome || Object.values(question.key).some((source) => source !== undefined)
  const all = { ...adapter.writeHeaders(mayHaveKey ? 'hidden' : undefined), ...headers }
  const shown = Object.entries(all).map(([name, value]) => `${name}: ${isSecretHeader(name) ? '(hidden)' : value}`)
  const where = `would POST to ${shownAddress(target)} ${shown.length === 0 ? 'without a key' : `with ${shown.join(', ')}`}`
  const body = writeBody(target, request, fields)
  const context = target.api === 'ollama' ? contextNeeded(body, estimateTokens(request)) : undefined
  if (context === undefined) return { body: `${JSON.stringify(body)}\n`, where }
  const note = ' (num_ctx would be lowered to what the model has, and left out if its own is enough)'
  return { body: `${JSON.stringify(setContext(body, context))}\n`, where: where + note }
}
