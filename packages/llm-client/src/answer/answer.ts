import type { FailureKind } from './failure.ts'
import { worseFinish } from './finish-reason.ts'

/** Token counts and the cost in US dollars as the server reports them; undefined if not reported. */
export interface Usage {
  readonly input?: number | undefined
  readonly output?: number | undefined
  /** Part of `output` in most APIs; some servers report more. */
  readonly reasoning?: number | undefined
  /** Charged as output, and counted in the server's total only. */
  readonly apart?: number | undefined
  /** Read from the provider's cache. */
  readonly cached?: number | undefined
  /** Written to the provider's cache. */
  readonly written?: number | undefined
  /** Whether `input` does not include `cached` and `written`, as a response of Anthropic's API has it. */
  readonly isCachedApart?: boolean | undefined
  readonly cost?: number | undefined
  /** Whether counts were estimated, since the server reported none. */
  readonly isEstimated?: boolean | undefined
}

/** An error as a server words it, in a body or inside a stream. */
export interface ServerError {
  readonly message: string
  /** The server's own code or type, such as `overloaded_error`. */
  readonly code?: string | undefined
  /** An HTTP status that the body names. */
  readonly status?: number | undefined
  /** How long the body asks to wait, in milliseconds. */
  readonly waitMs?: number | undefined
  /** Headers of the server behind a router. */
  readonly headers?: Readonly<Record<string, unknown>> | undefined
  /** The field of the request that the error is about. */
  readonly param?: string | undefined
  /** The kind of failure, from another lr-llm that serves a model. */
  readonly kind?: FailureKind | undefined
}

/** What one piece of a response means. */
export type AnswerEvent =
  | { readonly kind: 'text' | 'reasoning' | 'refusal'; readonly text: string }
  /** What follows belongs to this choice, of a response that may have several. */
  | { readonly kind: 'choice'; readonly index: number }
  | { readonly kind: 'tool-call' }
  /** Why the model stopped, in the server's own word. */
  | { readonly kind: 'finish'; readonly word: string }
  /** The end marker of the API: nothing follows. */
  | { readonly kind: 'end' }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'served'; readonly model: string }
  | { readonly kind: 'error'; readonly error: ServerError }
  /** The server begins again; what came before does not count. */
  | { readonly kind: 'restart' }

/** A response as read so far. */
export interface Answer {
  readonly text: string
  readonly reasoning: string
  readonly refusal: string
  readonly toolCall: boolean
  /** The choice that is read, and the one that the last event belongs to. */
  readonly choice: number | undefined
  readonly current: number | undefined
  readonly finish: string | undefined
  readonly ended: boolean
  readonly usage: Usage
  /** The model named in the response. */
  readonly served: string | undefined
  readonly error: ServerError | undefined
}

export const NO_ANSWER: Answer = {
  text: '',
  reasoning: '',
  refusal: '',
  toolCall: false,
  choice: undefined,
  current: undefined,
  finish: undefined,
  ended: false,
  usage: {},
  served: undefined,
  error: undefined,
}

/**
 * The answer with one more event. Events after the end are ignored, and so is every choice but the first. Of several
 * finish reasons the most severe counts, of usage the last number, of errors the first.
 */
export function addEvent(answer: Answer, event: AnswerEvent): Answer {
  if (answer.ended || isOfAnotherChoice(answer, event)) return answer
  if (event.kind === 'restart') return { ...NO_ANSWER, served: answer.served }
  if ('text' in event) return { ...answer, [event.kind]: answer[event.kind] + event.text }
  return { ...answer, ...changesOf(answer, event) }
}

function changesOf(
  answer: Answer,
  event: Exclude<AnswerEvent, { readonly kind: 'restart' } | { readonly text: string }>,
): Partial<Answer> {
  switch (event.kind) {
    case 'choice':
      return { choice: answer.choice ?? event.index, current: event.index }
    case 'tool-call':
      return { toolCall: true }
    case 'finish':
      return { finish: worseFinish(answer.finish, event.word) }
    case 'end':
      return { ended: true }
    case 'usage':
      return { usage: mergeUsage(answer.usage, event.usage) }
    case 'served':
      return { served: answer.served ?? event.model }
    case 'error':
      return { error: answer.error ?? event.error }
  }
}

function isOfAnotherChoice({ choice, current }: Answer, { kind }: AnswerEvent): boolean {
  return choice !== current && ['text', 'reasoning', 'refusal', 'tool-call', 'finish'].includes(kind)
}

function mergeUsage(before: Usage, after: Usage): Usage {
  return {
    input: after.input ?? before.input,
    output: after.output ?? before.output,
    reasoning: after.reasoning ?? before.reasoning,
    cached: after.cached ?? before.cached,
    written: after.written ?? before.written,
    apart: after.apart ?? before.apart,
    isCachedApart: after.isCachedApart ?? before.isCachedApart,
    cost: after.cost ?? before.cost,
  }
}
