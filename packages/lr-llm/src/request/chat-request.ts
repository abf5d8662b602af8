import type { JsonObject } from '../json.ts'

/** How hard a reasoning model may think; each wire has its own word for it. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** A file that goes along with a message. */
export interface Attachment {
  /** For the wires that want one. */
  readonly name: string
  /** `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `application/pdf`. */
  readonly mediaType: string
  readonly base64: string
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
  readonly attachments?: readonly Attachment[]
}

/** What a caller sets about an answer; what is undefined is left to the model's server. */
export interface Sampling {
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  /** Tokens of the answer, its reasoning included. */
  readonly maxTokens?: number | undefined
  readonly stop?: readonly string[] | undefined
  readonly seed?: number | undefined
  readonly effort?: Effort | undefined
  /** A JSON Schema that the answer must fit. */
  readonly schema?: JsonObject | undefined
}

/** What is asked of a model, whatever the wire. */
export interface ChatRequest {
  /** The provider's own name of the model. */
  readonly model: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
}
