import type { AnswerEvent } from './answer.ts'
import { isObject, parseJson } from '../json.ts'
import { errorIn } from './server-error.ts'
import { SseReader } from './sse-reader.ts'
import type { Wire } from '../wires/wire.ts'

const SHOWN_CHARACTERS = 200

/** The code of an error that we find ourselves: a piece that cannot be read is a piece of the answer that is lost. */
export const BROKEN = 'broken_stream'

/**
 * Turns the bytes of a response, cut anywhere, into events. What begins like JSON though a stream of events was asked
 * for is read as one whole body.
 */
export class ResponseReader {
  readonly #wire: Wire
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #sse = new SseReader()
  #form: 'unknown' | 'sse' | 'ndjson' | 'body' = 'unknown'
  #rest = ''

  constructor(wire: Wire) {
    this.#wire = wire
  }

  push(bytes: Uint8Array): AnswerEvent[] {
    return this.#read(() => this.#decoder.decode(bytes, { stream: true }), false)
  }

  end(): AnswerEvent[] {
    return this.#read(() => this.#decoder.decode(), true)
  }

  #read(decode: () => string, isLast: boolean): AnswerEvent[] {
    try {
      return this.#take(decode(), isLast)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return [broken('the answer is not UTF-8')]
    }
  }

  #take(text: string, isLast: boolean): AnswerEvent[] {
    if (this.#form === 'unknown') {
      const start = (this.#rest + text).trimStart()
      if (start !== '') this.#form = this.#formOf(start)
    }
    switch (this.#form) {
      case 'sse': {
        const all = this.#rest + text
        this.#rest = ''
        const events = [...this.#sse.push(all), ...(isLast ? this.#sse.end() : [])]
        return events.flatMap(({ event, data }) => this.#payload(data, event))
      }
      case 'ndjson':
        return this.#lines(text, isLast)
      case 'unknown':
      case 'body':
        this.#rest += text
        return isLast ? this.#body() : []
    }
  }

  #formOf(start: string): 'sse' | 'ndjson' | 'body' {
    if (this.#wire.framing === 'ndjson') return start.startsWith('{') ? 'ndjson' : 'body'
    return /^[{[<]/.test(start) ? 'body' : 'sse'
  }

  #lines(text: string, isLast: boolean): AnswerEvent[] {
    if (!isLast && !text.includes('\n')) {
      this.#rest += text
      return []
    }
    const lines = (this.#rest + text).split('\n')
    this.#rest = isLast ? '' : (lines.pop() ?? '')
    return lines.filter((line) => line.trim() !== '').flatMap((line) => this.#payload(line, undefined))
  }

  #payload(data: string, eventName: string | undefined): AnswerEvent[] {
    if (data === '') return []
    if (data.trim() === '[DONE]') return [{ kind: 'end' }]
    const payload = parseJson(data)
    if (!isObject(payload)) {
      if (eventName === 'error') return [{ kind: 'error', error: { message: data } }]
      return [broken(`a piece of the answer is not JSON: ${data.slice(0, SHOWN_CHARACTERS)}`)]
    }
    const error = errorIn(payload, eventName)
    return [...this.#wire.readEvent(payload), ...(error ? [{ kind: 'error', error } as const] : [])]
  }

  /** A whole body; servers that keep a line open put blanks in front of it. */
  #body(): AnswerEvent[] {
    const text = this.#rest.trim()
    if (text === '') return []
    const payload = parseJson(text)
    if (!isObject(payload)) return [broken(`neither a stream nor JSON came: ${text.slice(0, SHOWN_CHARACTERS)}`)]
    const error = errorIn(payload, undefined)
    return error ? [{ kind: 'error', error }] : this.#wire.readBody(payload)
  }
}

function broken(message: string): AnswerEvent {
  return { kind: 'error', error: { message, code: BROKEN } }
}
