import { type Answer, NO_ANSWER } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { isFailureKind, LlmFailure } from '../answer/failure.ts'
import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../json.ts'

/** An answer, with the model and the duration. */
export interface Result {
  /** The model: `groq/openai/gpt-oss-120b`. */
  readonly label: string
  readonly answer: Answer
  readonly seconds: number
}

/** One request and what came of it, as one line of a record. */
export interface Recording {
  /** A digest of messages and options, independent of the model. */
  readonly match: string
  readonly model: string
  readonly messages: readonly JsonObject[]
  readonly options: JsonObject
  readonly outcome: Result | LlmFailure
}

/** The digest that requests are matched by: messages and options, independent of the model. */
export async function matchOf({ messages, sampling }: ChatRequest): Promise<string> {
  const { createHash } = await import('node:crypto')
  const options = Object.entries(sampling)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  const parts = messages.map(({ role, text, attachments = [] }) => [
    role,
    text,
    attachments.map(({ base64 }) => base64),
  ])
  return createHash('sha256')
    .update(JSON.stringify([parts, options]))
    .digest('hex')
}

/** @param seconds how long it took, for a failure */
export function writeRecording(recording: Recording, seconds: number, time: Date): string {
  const { match, model, messages, options, outcome } = recording
  const failed = outcome instanceof LlmFailure
  const result = failed
    ? { failure: { kind: outcome.kind, message: outcome.message, partial: outcome.partial } }
    : { answer: outcome.answer }
  const label = failed ? model : outcome.label
  const took = failed ? seconds : outcome.seconds
  return `${JSON.stringify({ 'lr-llm': 1, match, model: label, time, seconds: took, messages, options, ...result })}\n`
}

/** The recording in a line; undefined for anything else. */
export function readRecording(line: unknown): Recording | undefined {
  if (!isObject(line) || line['lr-llm'] !== 1) return undefined
  const { match, model, answer, failure } = line
  const outcome = isObject(answer)
    ? { label: String(model), answer: readAnswer(answer), seconds: numberOf(line['seconds']) ?? 0 }
    : readFailure(objectOf(failure), String(model))
  if (typeof match !== 'string' || !outcome) return undefined
  return { match, model: String(model), messages: [], options: {}, outcome }
}

function readAnswer(fields: JsonObject): Answer {
  return {
    ...NO_ANSWER,
    text: textOf(fields['text']) ?? '',
    reasoning: textOf(fields['reasoning']) ?? '',
    finish: textOf(fields['finish']),
    ended: true,
    usage: objectOf(fields['usage']),
    served: textOf(fields['served']),
  }
}

function readFailure({ kind, message, partial }: JsonObject, label: string): LlmFailure | undefined {
  if (!isFailureKind(kind)) return undefined
  return new LlmFailure(kind, textOf(message) ?? kind, { partial: textOf(partial), label })
}
