import type { JsonObject } from '../json.ts'

/** How hard a reasoning model may think; each API has its own word for it. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** A file that goes along with a message. */
export interface Attachment {
  /** For the APIs that need one. */
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

/** Sampling options; undefined leaves an option to the server. */
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

/** A request, independent of the API. */
export interface ChatRequest {
  /** The provider's own name of the model. */
  readonly model: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
}
