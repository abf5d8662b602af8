import type { Scannable } from './bytes.ts'
import {
  CLOSER_START,
  endOfBlankLine,
  endOfMarker,
  endOfRun,
  MIN_WIDTH,
  nextCloserStart,
  type Opener,
  readOpener,
} from './delimiter.ts'

const NEWLINE = 10
const LESS = 60
const GREATER = 62
const OPENER_START = '<'.repeat(MIN_WIDTH)

/** Receives what the scanner recognises, as ranges of the text it was given. Empty ranges are not reported. */
export interface Sink {
  text(from: number, to: number): void
  open(opener: Opener, from: number, to: number): void
  content(from: number, to: number): void
  close(from: number, to: number): void
  /** The line after a closer that takes the content's last newline away. */
  marker(from: number, to: number): void
}

/** How far a step came, and whether the next one needs more text than there is. */
interface Progress {
  readonly at: number
  readonly waits: boolean
}

/**
 * Recognises blocks in a text that may arrive in pieces: one pass, by `indexOf`, no array of lines.
 * The same code serves whole strings and streams of bytes.
 */
export class Scanner {
  /** The opener whose block is open, and where the scan stands otherwise. */
  opener: Opener | undefined
  #afterCloser = false
  #contentSeen = false
  #midLine = false
  readonly #sink: Sink

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /**
   * Scans `text`, reporting all that is certain.
   *
   * @param final whether the input ends with this text
   * @returns how far it came; what is left must be passed again, in front of what follows
   */
  scan(text: Scannable, final: boolean): number {
    let at = 0
    while (at < text.length) {
      const next = this.#step(text, at, final)
      at = next.at
      if (next.waits) break
    }
    return at
  }

  #step(text: Scannable, at: number, final: boolean): Progress {
    if (this.#afterCloser) return this.#scanMarker(text, at, final)
    return this.opener ? this.#scanContent(this.opener, text, at, final) : this.#scanText(text, at, final)
  }

  #scanMarker(text: Scannable, at: number, final: boolean): Progress {
    const end = this.#contentSeen ? endOfMarker(text, at, final) : undefined
    if (end === 'open') return { at, waits: true }
    this.#afterCloser = false
    if (end === undefined) return { at, waits: false }
    this.#sink.marker(at, end)
    return { at: end, waits: false }
  }

  #scanText(text: Scannable, start: number, final: boolean): Progress {
    let from = start
    for (;;) {
      const at = text.indexOf(OPENER_START, from)
      if (at < 0) return this.#emitTail(text, start, final, LESS)
      if (!this.#isLineStart(text, at, start)) {
        from = at + MIN_WIDTH
        continue
      }
      const newline = text.indexOf('\n', at)
      if (newline < 0 && !final) return this.#emit(text, start, at, true)
      const end = newline < 0 ? text.length : newline
      const opener = readOpener(text.slice(at, end))
      if (opener) return this.#open(opener, text, start, at, newline < 0 ? end : end + 1)
      if (newline < 0) return this.#emit(text, start, end, false)
      from = end
    }
  }

  #open(opener: Opener, text: Scannable, start: number, at: number, end: number): Progress {
    this.#emit(text, start, at, false)
    this.opener = opener
    this.#contentSeen = false
    this.#midLine = false
    this.#sink.open(opener, at, end)
    return { at: end, waits: false }
  }

  #scanContent({ closerWidth }: Opener, text: Scannable, start: number, final: boolean): Progress {
    let at = !this.#midLine && text.startsWith(CLOSER_START, start) ? start : nextCloserStart(text, start)
    for (; at >= 0; at = nextCloserStart(text, at)) {
      const run = endOfRun(text, at, GREATER)
      if (run - at < closerWidth) continue
      const end = endOfBlankLine(text, run, final)
      if (end === 'open') return this.#emit(text, start, at, true)
      if (end !== undefined) return this.#close(text, start, at, end)
    }
    return this.#emitTail(text, start, final, GREATER)
  }

  #close(text: Scannable, start: number, at: number, end: number): Progress {
    this.#emit(text, start, at, false)
    this.opener = undefined
    this.#afterCloser = true
    this.#midLine = false
    this.#sink.close(at, end)
    return { at: end, waits: false }
  }

  /** Reports all that is left but a last line that may yet become a delimiter, which begins with `sign`. */
  #emitTail(text: Scannable, start: number, final: boolean, sign: number): Progress {
    if (final) return this.#emit(text, start, text.length, false)
    const line = Math.max(text.lastIndexOf('\n') + 1, start)
    const undecided = text.charCodeAt(line) === sign && this.#isLineStart(text, line, start)
    return this.#emit(text, start, undecided ? this.#undecidedFrom(text, line) : text.length, true)
  }

  /** An unfinished line is undecided only while it is nothing but a run of its sign and blanks. */
  #undecidedFrom(text: Scannable, line: number): number {
    const run = endOfRun(text, line, text.charCodeAt(line))
    return endOfBlankLine(text, run, false) === 'open' ? line : text.length
  }

  #emit(text: Scannable, from: number, to: number, waits: boolean): Progress {
    if (to > from) {
      if (this.opener) {
        this.#contentSeen = true
        this.#sink.content(from, to)
      } else this.#sink.text(from, to)
      this.#midLine = text.charCodeAt(to - 1) !== NEWLINE
    }
    return { at: to, waits }
  }

  #isLineStart(text: Scannable, at: number, start: number): boolean {
    return at === start ? !this.#midLine : text.charCodeAt(at - 1) === NEWLINE
  }
}
