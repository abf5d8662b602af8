import { type Opener } from './delimiter.ts'
import type { Part } from './part.ts'
import { Scanner, type Sink } from './scanner.ts'
import { StreamError } from './stream-error.ts'

/**
 * Reads a whole stream (docs/format.md). Contents are slices of `stream`: nothing is copied.
 *
 * @throws StreamError when it ends inside a block
 */
export function parseStream(stream: string): Part[] {
  const collector = new Collector(stream)
  const scanner = new Scanner(collector)
  scanner.scan(stream, true)
  if (scanner.opener) throw new StreamError(lineOf(stream, collector.openedAt), scanner.opener.name)
  return collector.parts
}

class Collector implements Sink {
  readonly parts: Part[] = []
  openedAt = 0
  readonly #stream: string
  #name = ''
  #from = 0
  #to = 0

  constructor(stream: string) {
    this.#stream = stream
  }

  text(from: number, to: number): void {
    this.parts.push({ text: this.#stream.slice(from, to) })
  }

  open(opener: Opener, from: number, to: number): void {
    this.#name = opener.name
    this.openedAt = from
    this.#from = to
    this.#to = to
  }

  content(_from: number, to: number): void {
    this.#to = to
  }

  close(): void {
    this.parts.push({ name: this.#name, content: this.#stream.slice(this.#from, this.#to) })
  }

  marker(): void {
    this.parts.pop()
    this.parts.push({ name: this.#name, content: this.#stream.slice(this.#from, this.#to - 1) })
  }
}

/** The line, counted from 1, on which `offset` lies. */
function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
