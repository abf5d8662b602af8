import { parseJson } from '@loop-runner/cli-kit'
import type { AnswerEvent, ServerError } from './answer.ts'
import { isObject } from '../json.ts'
import { errorIn } from './server-error.ts'
import { excerpt } from './excerpt.ts'
import { isIntricate } from './is-intricate.ts'
import { SseReader } from './sse-reader.ts'
import type { ApiAdapter } from '../apis/api-adapter.ts'

/** The code of our own error for a piece of the stream that cannot be parsed. */
export const BROKEN = 'broken_stream'
/** The code of our own error for an answer larger than the limit. */
export const TOO_LARGE = 'answer_too_large'
/** A stream has this many bytes for one of its text, and more; beyond it no answer is in it. */
const FRAMING = 32

const INTRICATE: AnswerEvent = {
  kind: 'error',
  error: { message: 'the answer has more values in its JSON than any answer needs', code: TOO_LARGE },
}

type Form = 'unknown' | 'sse' | 'ndjson' | 'body'

/**
 * Turns the bytes of a response, cut anywhere, into events. A response that begins like JSON
 * is read as one body.
 */
export class ResponseReader {
  readonly #adapter: ApiAdapter
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #sse: SseReader
  readonly #limit: number
  #form: Form = 'unknown'
  #rest = ''
  #received = 0

  /** @param limit characters of one piece of an answer, such as an event or a body in one object */
  constructor(adapter: ApiAdapter, limit = Infinity) {
    this.#adapter = adapter
    this.#limit = limit
    this.#sse = new SseReader(limit)
  }

  push(bytes: Uint8Array): AnswerEvent[] {
    this.#received += bytes.length
    if (this.#received > this.#limit * FRAMING) return [{ kind: 'error', error: tooLarge(this.#limit) }]
    return this.#read(() => this.#decoder.decode(bytes, { stream: true }), false)
  }

  end(): AnswerEvent[] {
    return this.#read(() => this.#decoder.decode(), true)
  }

  #read(decode: () => string, isLast: boolean): AnswerEvent[] {
    let text: string
    try {
      text = decode()
    } catch {
      return [broken('the answer is not UTF-8')]
    }
    const events = this.#take(text, isLast)
    return this.#rest.length > this.#limit || this.#sse.isTooLong
      ? [...events, { kind: 'error', error: tooLarge(this.#limit) }]
      : events
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

  #formOf(start: string): Form {
    if (this.#adapter.framing === 'ndjson') return start.startsWith('{') ? 'ndjson' : 'body'
    if (/^[{[<]/.test(start)) return 'body'
    // A field of an event, or a comment, has a colon in its line; other text has none.
    const end = start.search(/[:\r\n]/)
    return end < 0 ? 'unknown' : start[end] === ':' ? 'sse' : 'body'
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
    if (isIntricate(data)) return [INTRICATE]
    const payload = parseJson(data)
    // Some proxies send an empty event as a sign of life.
    if (payload === null) return []
    if (!isObject(payload)) {
      if (eventName === 'error') return [{ kind: 'error', error: { message: data } }]
      return [broken(`a piece of the answer is not JSON: ${excerpt(data)}`)]
    }
    const error = errorIn(payload, eventName)
    return [...this.#adapter.readEvent(payload), ...(error ? [{ kind: 'error', error } as const] : [])]
  }

  /** A body in one object; some servers send blanks before it to keep the connection open. */
  #body(): AnswerEvent[] {
    const text = this.#rest.trim()
    if (text === '') return []
    if (isIntricate(text)) return [INTRICATE]
    const payload = parseJson(text)
    if (!isObject(payload)) return [broken(`neither a stream nor JSON came: ${excerpt(text)}`)]
    const error = errorIn(payload, undefined)
    return error ? [{ kind: 'error', error }] : this.#adapter.readBody(payload)
  }
}

/** Also for an answer whose pieces together are too large. */
export function tooLarge(limit: number): ServerError {
  return { message: `the answer is larger than ${limit} bytes (--max-answer-bytes)`, code: TOO_LARGE }
}

function broken(message: string): AnswerEvent {
  return { kind: 'error', error: { message, code: BROKEN } }
}
