import { createParser, ParseError } from 'eventsource-parser'

/** One event of an event stream. */
export interface SseEvent {
  /** The `event` field; `error` if a field of that name was sent, as llama.cpp does. */
  readonly event: string | undefined
  readonly data: string
}

/** A line takes more memory than its text. */
const MOST_LINES = 100_000

/** Reads server-sent events from text that may be cut anywhere; a last event without its blank line counts. */
export class SseReader {
  #events: SseEvent[] = []
  #isTooLong = false
  /** Lines since the last blank line. */
  #lines = 0
  /** The last characters that were pushed: a blank line may be cut. */
  #tail = ''
  readonly #parser

  /** @param limit characters of one event */
  constructor(limit = Infinity) {
    this.#parser = createParser({
      maxBufferSize: limit,
      onEvent: ({ event, data }) => void this.#events.push({ event, data }),
      onError: (error) => this.#take(error),
    })
  }

  /** Whether an event was longer than the limit, or had too many lines; nothing is read after it. */
  get isTooLong(): boolean {
    return this.#isTooLong
  }

  push(text: string): SseEvent[] {
    this.#events = []
    this.#countLines(text)
    if (!this.#isTooLong) this.#parser.feed(text)
    return this.#events
  }

  end(): SseEvent[] {
    return this.push('\n\n')
  }

  #countLines(text: string): void {
    const joined = this.#tail + text
    const end = Math.max(joined.lastIndexOf('\n\n'), joined.lastIndexOf('\n\r\n'))
    if (end >= 0) this.#lines = 0
    const start = Math.max(end + 2, this.#tail.length)
    for (let at = joined.indexOf('\n', start); at >= 0; at = joined.indexOf('\n', at + 1)) this.#lines++
    this.#tail = joined.slice(-2)
    if (this.#lines > MOST_LINES) this.#isTooLong = true
  }

  #take({ type, field, value = '' }: ParseError): void {
    if (type === 'max-buffer-size-exceeded') this.#isTooLong = true
    if (field === 'error') this.#events.push({ event: 'error', data: value })
  }
}
