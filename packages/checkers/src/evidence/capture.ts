import { ImportantLines } from './important-lines.ts'

/** What is kept of each end of a stream: enough that what is left out hardly ever matters, little enough for many at once. */
const KEPT_BYTES = 1 << 20

/** What a process printed, in bounded memory. */
export interface Captured {
  readonly head: Buffer
  /** Empty where `head` is all. */
  readonly tail: Buffer
  /** Between head and tail: what was not kept, and lines from there that look like errors. */
  readonly omittedBytes: number
  readonly omittedLines: number
  readonly importantLines: readonly string[]
}

/** Keeps the first and the last bytes of a stream, and from between them the lines that look like errors. */
export class Capture {
  readonly #limit: number
  readonly #head: Buffer
  #headLength = 0
  /** Holds the last bytes; `#next` is where the next one goes. Untouched memory costs nothing. */
  readonly #ring: Buffer
  #ringLength = 0
  #next = 0
  readonly #dropped = new ImportantLines()

  constructor(limit = KEPT_BYTES) {
    this.#limit = limit
    this.#head = Buffer.allocUnsafeSlow(limit)
    this.#ring = Buffer.allocUnsafeSlow(limit)
  }

  push(chunk: Buffer): void {
    const toHead = Math.min(chunk.length, this.#limit - this.#headLength)
    chunk.copy(this.#head, this.#headLength, 0, toHead)
    this.#headLength += toHead
    for (let at = toHead; at < chunk.length; at += this.#limit) this.#pushToRing(chunk.subarray(at, at + this.#limit))
  }

  end(): Captured {
    const start = (this.#next - this.#ringLength + this.#limit) % this.#limit
    const tail = Buffer.concat(this.#ringSlices(start, this.#ringLength))
    const { bytes, lines, important } = this.#dropped.end()
    return {
      head: this.#head.subarray(0, this.#headLength),
      tail,
      omittedBytes: bytes,
      omittedLines: lines,
      importantLines: important,
    }
  }

  #pushToRing(piece: Buffer): void {
    const surplus = this.#ringLength + piece.length - this.#limit
    if (surplus > 0) {
      const start = (this.#next - this.#ringLength + this.#limit) % this.#limit
      for (const slice of this.#ringSlices(start, surplus)) this.#dropped.push(slice)
      this.#ringLength -= surplus
    }
    const toEnd = Math.min(piece.length, this.#limit - this.#next)
    piece.copy(this.#ring, this.#next, 0, toEnd)
    piece.copy(this.#ring, 0, toEnd)
    this.#next = (this.#next + piece.length) % this.#limit
    this.#ringLength += piece.length
  }

  #ringSlices(start: number, length: number): Buffer[] {
    const end = start + length
    if (end <= this.#limit) return [this.#ring.subarray(start, end)]
    return [this.#ring.subarray(start), this.#ring.subarray(0, end - this.#limit)]
  }
}
