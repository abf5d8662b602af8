import { Bytes } from './bytes.ts'
import { countNewlines } from './count-newlines.ts'
import type { Opener } from './delimiter.ts'
import { Scanner, type Sink } from './scanner.ts'
import { StreamError } from './stream-error.ts'

/**
 * One piece of a stream, in order. `bytes` of all events together are the stream, byte for byte. A block is
 * an `open`, any number of `content`, a `close` and, where its content lacks the last newline, a `marker`.
 */
export type BlockEvent =
  | { readonly kind: 'open'; readonly name: string; readonly bytes: Buffer }
  | { readonly kind: 'text' | 'content' | 'close' | 'marker'; readonly bytes: Buffer }

/** Reads a stream that arrives in chunks; memory is bounded by the chunk and the longest delimiter-like line. */
export class BlockReader implements Sink {
  readonly #scanner: Scanner
  #rest: Buffer = Buffer.alloc(0)
  #chunk: Buffer = Buffer.alloc(0)
  #events: BlockEvent[] = []
  #line = 1
  #openedOn = 1
  #counted = 0

  constructor() {
    this.#scanner = new Scanner(this)
  }

  /** The events that are certain once `chunk` is there. They hold views of it: use them before it is filled again. */
  push(chunk: Buffer): readonly BlockEvent[] {
    return this.#read(chunk, false)
  }

  /**
   * The last events.
   *
   * @throws StreamError when the stream ends inside a block
   */
  end(): readonly BlockEvent[] {
    const events = this.#read(Buffer.alloc(0), true)
    if (this.#scanner.opener) throw new StreamError(this.#openedOn, this.#scanner.opener.name)
    return events
  }

  #read(chunk: Buffer, final: boolean): readonly BlockEvent[] {
    this.#chunk = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    this.#events = []
    this.#counted = 0
    const done = this.#scanner.scan(new Bytes(this.#chunk), final)
    this.#count(done)
    this.#rest = Buffer.from(this.#chunk.subarray(done))
    return this.#events
  }

  text(from: number, to: number): void {
    this.#events.push({ kind: 'text', bytes: this.#chunk.subarray(from, to) })
  }

  open(opener: Opener, from: number, to: number): void {
    this.#count(from)
    this.#openedOn = this.#line
    this.#events.push({ kind: 'open', name: opener.name, bytes: this.#chunk.subarray(from, to) })
  }

  content(from: number, to: number): void {
    this.#events.push({ kind: 'content', bytes: this.#chunk.subarray(from, to) })
  }

  close(from: number, to: number): void {
    this.#events.push({ kind: 'close', bytes: this.#chunk.subarray(from, to) })
  }

  marker(from: number, to: number): void {
    this.#events.push({ kind: 'marker', bytes: this.#chunk.subarray(from, to) })
  }

  /** Counts the newlines up to `to`, for the line that an error names. */
  #count(to: number): void {
    this.#line += countNewlines(this.#chunk, this.#counted, to)
    this.#counted = to
  }
}
