/** One event of an event stream. */
export interface SseEvent {
  /** What the `event` field said; `error` where a field of that name was sent (research/llm-cli.md 3.1). */
  readonly event: string | undefined
  readonly data: string
}

/**
 * Reads server-sent events from text that may be cut anywhere: CR, LF and CR LF end lines, comments and unknown fields
 * are passed over, several `data` fields are joined, and a last event without its blank line counts.
 */
export class SseReader {
  /** The line that has no end yet, in pieces: joined once, so that a long one stays cheap. */
  #pieces: string[] = []
  #afterCr = false
  #event: string | undefined
  #data: string[] = []

  push(text: string): SseEvent[] {
    const events: SseEvent[] = []
    const fresh = this.#afterCr && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') this.#afterCr = text.endsWith('\r')
    let at = 0
    for (const { index, 0: end } of fresh.matchAll(/\r\n?|\n/g)) {
      this.#line(this.#pieces.join('') + fresh.slice(at, index), events)
      this.#pieces = []
      at = index + end.length
    }
    if (at < fresh.length) this.#pieces.push(fresh.slice(at))
    return events
  }

  end(): SseEvent[] {
    return this.push('\n\n')
  }

  #line(line: string, events: SseEvent[]): void {
    if (line === '') return this.#dispatch(events)
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'error') events.push({ event: 'error', data: value })
  }

  #dispatch(events: SseEvent[]): void {
    if (this.#data.length > 0) events.push({ event: this.#event, data: this.#data.join('\n') })
    this.#event = undefined
    this.#data = []
  }
}
