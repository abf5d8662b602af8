import type { AnswerEvent } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { JsonObject } from '../json.ts'
import type { Dialect } from '../models/providers.ts'

export const APIS = ['openai-chat', 'openai-responses', 'anthropic', 'ollama'] as const
export type Api = (typeof APIS)[number]

/** One way of talking to a model's server. Pure: it turns requests into bodies and pieces of responses into events. */
export interface ApiAdapter {
  /** Appended to the base address. */
  readonly path: string
  /** Where the server lists its models. */
  readonly modelsPath: string
  /** What a base address ends in; added to an address that lacks it. */
  readonly prefix: '/v1' | ''
  readonly framing: 'sse' | 'ndjson'
  /** Whether a reason to stop is the end, too, or only the end marker is. */
  readonly finishEnds: boolean
  /** @throws UsageError for an option that the API lacks */
  writeBody(request: ChatRequest, dialect: Dialect): JsonObject
  writeHeaders(key: string | undefined): Readonly<Record<string, string>>
  /** What one event of a stream means. */
  readEvent(payload: JsonObject): AnswerEvent[]
  /** The events of a response in one object. */
  readBody(payload: JsonObject): AnswerEvent[]
}

/** The defined events of a list. */
export function present(events: readonly (AnswerEvent | undefined)[]): AnswerEvent[] {
  return events.filter((event) => event !== undefined)
}

export function textEvent(kind: 'text' | 'reasoning' | 'refusal', text: unknown): AnswerEvent | undefined {
  return typeof text === 'string' && text !== '' ? { kind, text } : undefined
}

export function servedEvent(model: unknown): AnswerEvent | undefined {
  return typeof model === 'string' && model !== '' ? { kind: 'served', model } : undefined
}

export function finishEvent(word: unknown): AnswerEvent | undefined {
  return typeof word === 'string' && word !== '' && word !== 'null' ? { kind: 'finish', word } : undefined
}

/** `Bearer` authorisation; nothing without a key. */
export function bearer(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` }
}
