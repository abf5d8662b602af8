import type { ChatRequest } from './chat-request.ts'
import { type JsonObject, objectOf } from '../json.ts'
import type { ServerTarget } from '../models/target.ts'
import { WIRES } from '../wires/table.ts'

/** A field of a body that a caller sets himself: where it stands, and its value; undefined takes it away. */
export interface BodyField {
  readonly path: readonly string[]
  readonly value: unknown
}

/** The body that a request is sent as: the wire's own, with the caller's fields put over it. */
export function writeBody(target: ServerTarget, request: ChatRequest, fields: readonly BodyField[]): JsonObject {
  return fields.reduce(setField, WIRES[target.api].writeBody(request, target.dialect))
}

/** A size in tokens, at about four bytes each. */
export function estimateTokens(request: ChatRequest): number {
  return Math.ceil(request.messages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 4)
}

function setField(body: JsonObject, { path: [name = '', ...rest], value }: BodyField): JsonObject {
  return { ...body, [name]: rest.length === 0 ? value : setField(objectOf(body[name]), { path: rest, value }) }
}
