import type { ChatRequest } from './chat-request.ts'
import { type JsonObject, objectOf } from '../json.ts'
import type { ServerTarget } from '../models/target.ts'
import { API_ADAPTERS } from '../apis/api-adapters.ts'

/** A field of the body set by --body: its path and its value; undefined removes it. */
export interface BodyField {
  readonly path: readonly string[]
  readonly value: unknown
}

/** The body of a request: that of the API, with the fields of --body set. */
export function writeBody(target: ServerTarget, request: ChatRequest, fields: readonly BodyField[]): JsonObject {
  return fields.reduce(setField, API_ADAPTERS[target.api].writeBody(request, target.dialect))
}

/** By how much an estimate of four bytes a token may be too low. */
export const TOKEN_MARGIN = 1.3

/** A size in tokens, at about four bytes each. */
export function estimateTokens(request: ChatRequest): number {
  return Math.ceil(request.messages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 4)
}

function setField(body: JsonObject, { path: [name = '', ...rest], value }: BodyField): JsonObject {
  return { ...body, [name]: rest.length === 0 ? value : setField(objectOf(body[name]), { path: rest, value }) }
}
