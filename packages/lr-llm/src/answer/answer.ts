/** Counts of tokens as the server sent them, and what it says that they cost in US dollars; undefined where not sent. */
export interface Usage {
  readonly input?: number | undefined
  readonly output?: number | undefined
  /** Part of `output` on most wires; some servers report more than that. */
  readonly reasoning?: number | undefined
  /** Read from the provider's cache. The Anthropic wire does not count them in `input`. */
  readonly cached?: number | undefined
  readonly cost?: number | undefined
}

/** An error as a server words it, in a body or inside a stream. */
export interface ServerError {
  readonly message: string
  /** The server's own code or type, such as `overloaded_error`. */
  readonly code?: string | undefined
  /** An HTTP status that the body names. */
  readonly status?: number | undefined
}

/** What one piece of a response means. */
export type AnswerEvent =
  | { readonly kind: 'text' | 'reasoning' | 'refusal'; readonly text: string }
  | { readonly kind: 'tool-call' }
  /** Why the model stopped, in the wire's own word. */
  | { readonly kind: 'finish'; readonly word: string }
  /** The wire's end marker: nothing follows. */
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
  readonly finish: string | undefined
  readonly ended: boolean
  readonly usage: Usage
  /** The model that says it answered. */
  readonly served: string | undefined
  readonly error: ServerError | undefined
}

export const NO_ANSWER: Answer = {
  text: '',
  reasoning: '',
  refusal: '',
  toolCall: false,
  finish: undefined,
  ended: false,
  usage: {},
  served: undefined,
  error: undefined,
}

/**
 * The answer with one more event; what comes behind the end does not count. The first finish word counts (a later chunk may repeat or null it), of usage the last
 * number sent, of errors the first (research/llm-cli.md 3.1).
 */
export function addEvent(answer: Answer, event: AnswerEvent): Answer {
  if (answer.ended) return answer
  switch (event.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { ...answer, [event.kind]: answer[event.kind] + event.text }
    case 'tool-call':
      return { ...answer, toolCall: true }
    case 'finish':
      return keepFirst(answer, 'finish', event.word)
    case 'end':
      return { ...answer, ended: true }
    case 'usage':
      return { ...answer, usage: mergeUsage(answer.usage, event.usage) }
    case 'served':
      return keepFirst(answer, 'served', event.model)
    case 'error':
      return keepFirst(answer, 'error', event.error)
    case 'restart':
      return { ...NO_ANSWER, served: answer.served }
  }
}

function keepFirst<K extends 'finish' | 'served' | 'error'>(answer: Answer, field: K, value: Answer[K]): Answer {
  return answer[field] === undefined ? { ...answer, [field]: value } : answer
}

function mergeUsage(before: Usage, after: Usage): Usage {
  return {
    input: after.input ?? before.input,
    output: after.output ?? before.output,
    reasoning: after.reasoning ?? before.reasoning,
    cached: after.cached ?? before.cached,
    cost: after.cost ?? before.cost,
  }
}
