import type { JsonObject } from '../json.ts'

/** Fields that a request can do without, or that another spelling says. */
const DROPPABLE = ['stream_options', 'temperature', 'top_p', 'seed', 'stop', 'reasoning_effort', 'thinking'] as const

/** A body that the server may take, and what was changed. */
export interface Adapted {
  readonly body: JsonObject
  readonly notice: string
}

/**
 * What to send instead, where a server turned a request down for one field: the other name of the limit, the limit that
 * it names, or the body without the field (research/llm-cli.md 3.4).
 *
 * @returns undefined where the server's words are about something else
 */
export function adaptBody(body: JsonObject, words: string): Adapted | undefined {
  if (body['max_tokens'] !== undefined && /max_completion_tokens/.test(words)) {
    return rename(body, 'max_tokens', 'max_completion_tokens')
  }
  if (body['max_completion_tokens'] !== undefined && /max_completion_tokens/.test(words) && isUnknown(words)) {
    return rename(body, 'max_completion_tokens', 'max_tokens')
  }
  const lowered = lowerLimit(body, words)
  if (lowered) return lowered
  if (!isUnknown(words)) return undefined
  const field = DROPPABLE.find((name) => body[name] !== undefined && new RegExp(`\\b${name}\\b`).test(words))
  return field && { body: { ...body, [field]: undefined }, notice: `it does not take ${field}: left out` }
}

/** A name that was taken away before is not tried again. */
function rename(body: JsonObject, from: string, to: string): Adapted | undefined {
  if (to in body) return undefined
  return { body: { ...body, [from]: undefined, [to]: body[from] }, notice: `it wants ${to} for ${from}` }
}

function lowerLimit(body: JsonObject, words: string): Adapted | undefined {
  const [, given = 0, most = 0] = /max_tokens: (\d+) > (\d+)/.exec(words)?.map(Number) ?? []
  if (given <= most || given !== body['max_tokens']) return undefined
  return { body: { ...body, max_tokens: most }, notice: `it takes max_tokens up to ${most}` }
}

function isUnknown(words: string): boolean {
  return /unsupported|not support|unknown|unrecognized|unexpected|extra (inputs|fields)|not permitted|does not take|only the default/i.test(
    words,
  )
}
