import { type JsonObject, objectOf } from '../json.ts'
import { findAnswerLimit } from '../answer/answer-limit.ts'

/** Fields that a request needs; every other one can be left out if a server rejects it. */
const NEEDED: ReadonlySet<string> = new Set(['model', 'messages', 'input', 'instructions', 'system', 'stream'])
/** Fields whose loss would change what an answer is; a server that rejects them is reported. */
const MEANINGFUL: ReadonlySet<string> = new Set(['response_format', 'text', 'format', 'output_config'])
/** Fields that this program adds by itself: they are left out without a notice. */
const OURS: ReadonlySet<string> = new Set(['stream_options', 'store', 'truncate', 'shift'])
const LIMITS = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const
/** Fields that servers name otherwise in their errors. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  top_p: 'top_p|topP|nucleus',
  reasoning_effort: 'reasoning_effort|reasoning\\.effort|reasoning effort',
  reasoning: 'reasoning|reasoning_effort|effort',
  thinking: 'thinking|budget_tokens|effort',
  think: 'think|thinking',
  stop: 'stop|stop_sequences|stop sequences',
}

/** A body that the server may accept, and what was changed; no notice for what the user did not ask for. */
export interface Adapted {
  readonly body: JsonObject
  readonly notice: string | undefined
}

/** What is known about a rejection besides the server's words. */
export interface Rejection {
  /** The field that the server names. */
  readonly param?: string | undefined
  /** Whether the user set the limit of tokens. */
  readonly isUserLimit?: boolean
}

/**
 * The request to send instead, if a server rejected one field of it: with the other name of the limit, with the limit that
 * it allows, or without the field.
 *
 * @returns undefined if the error is about something else
 */
export function adaptBody(
  body: JsonObject,
  words: string,
  { param, isUserLimit = true }: Rejection = {},
): Adapted | undefined {
  const said = param === undefined ? words : `${words} ${param}`
  if (body['max_tokens'] !== undefined && /max_completion_tokens/.test(said) && isUnsupported(said)) {
    return rename(body, 'max_tokens', 'max_completion_tokens', isUserLimit)
  }
  if (body['max_completion_tokens'] !== undefined && /max_completion_tokens/.test(said) && isUnsupported(said)) {
    return rename(body, 'max_completion_tokens', 'max_tokens', isUserLimit)
  }
  return lowerLimit(body, said, isUserLimit) ?? dropField(body, said)
}

/** A name that was taken away before is not tried again. */
function rename(body: JsonObject, from: string, to: string, isUserLimit: boolean): Adapted | undefined {
  if (to in body) return undefined
  const notice = isUserLimit ? `it takes ${to} instead of ${from}` : undefined
  return { body: { ...body, [from]: undefined, [to]: body[from] }, notice }
}

function lowerLimit(body: JsonObject, words: string, isUserLimit: boolean): Adapted | undefined {
  const limit = findAnswerLimit(words)?.limit
  if (limit === undefined || limit < 1) return undefined
  const notice = (name: string) =>
    isUserLimit ? `it allows ${limit} tokens for the answer: ${name} lowered` : undefined
  for (const name of LIMITS) {
    const given = body[name]
    if (typeof given === 'number' && given > limit) return { body: { ...body, [name]: limit }, notice: notice(name) }
  }
  const options = objectOf(body['options'])
  const given = options['num_predict']
  if (typeof given !== 'number' || given <= limit) return undefined
  return { body: { ...body, options: { ...options, num_predict: limit } }, notice: notice('num_predict') }
}

function dropField(body: JsonObject, words: string): Adapted | undefined {
  if (!isUnsupported(words)) return undefined
  const names = Object.keys(body).filter((name) => isDroppable(name) && body[name] !== undefined)
  // "temperature and top_p cannot both be set": the second one goes.
  const mentioned = names.filter((name) => mentions(words, name))
  const field = /both/i.test(words) && mentioned.includes('top_p') ? 'top_p' : mentioned[0]
  if (field !== undefined) return without(body, field)
  const options = objectOf(body['options'])
  const option = Object.keys(options).find((name) => options[name] !== undefined && mentions(words, name))
  if (option === undefined) return undefined
  return { body: { ...body, options: { ...options, [option]: undefined } }, notice: dropNotice(option) }
}

function without(body: JsonObject, field: string): Adapted {
  return { body: { ...body, [field]: undefined }, notice: OURS.has(field) ? undefined : dropNotice(field) }
}

function dropNotice(field: string): string {
  return `it does not take ${field}: left out`
}

function isDroppable(name: string): boolean {
  return !NEEDED.has(name) && !MEANINGFUL.has(name) && name !== 'options'
}

/** A word of its own; `stop` and `seed` also occur in ordinary sentences, so they need quotes or a field's place. */
function mentions(words: string, name: string): boolean {
  const names = OTHER_NAMES[name] ?? name.replaceAll(/[^\w]/g, '')
  if (/^(stop|seed|think|thinking|reasoning)$/.test(name)) {
    return new RegExp(
      String.raw`(['"\x60.:(\s]|^)(?:${names})(?:['"\x60:,)\]]|$| (?:is|are|parameter|field|argument|was)\b)`,
    ).test(words)
  }
  return new RegExp(String.raw`\b(?:${names})\b`).test(words)
}

function isUnsupported(words: string): boolean {
  return /unsupported|not support|unknown|unrecogni[sz]ed|unexpected|extra (inputs|fields)|not permitted|not allowed|does not take|only the default|deprecated|no longer|removed|not available|cannot (both )?be (used|set|specified)|cannot find field|not (a )?valid|invalid (parameter|argument|field|option)|not recogni[sz]ed|not accept|is not defined|additional propert|must not be|isn't supported|not compatible|incompatible/i.test(
    words,
  )
}
