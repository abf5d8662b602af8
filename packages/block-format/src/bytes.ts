/** A text that can be scanned: a string, or bytes seen as one. */
export interface Scannable {
  readonly length: number
  charCodeAt(index: number): number
  startsWith(needle: string, from: number): boolean
  indexOf(needle: string, from?: number): number
  lastIndexOf(needle: string): number
  slice(from: number, to: number): string
}

/**
 * Bytes of UTF-8 text, seen as a string whose offsets are bytes. What is looked for is ASCII; only what is sliced out is
 * decoded.
 */
export class Bytes implements Scannable {
  readonly length: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.length = bytes.length
  }

  charCodeAt(index: number): number {
    return this.#bytes[index] ?? Number.NaN
  }

  startsWith(needle: string, from: number): boolean {
    return this.#bytes.toString('latin1', from, from + needle.length) === needle
  }

  indexOf(needle: string, from = 0): number {
    return this.#bytes.indexOf(needle, from, 'latin1')
  }

  lastIndexOf(needle: string): number {
    return this.#bytes.lastIndexOf(needle, undefined, 'latin1')
  }

  slice(from: number, to: number): string {
    return this.#bytes.toString('utf8', from, to)
  }
}
