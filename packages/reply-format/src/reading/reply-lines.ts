const NEWLINE = 10

/**
 * The lines of a text, without their ends. They are cut out of it when asked for: even where every character is a line
 * of its own, a line takes no more than the four bytes that say where it begins.
 */
export class ReplyLines {
  readonly #text: string
  /** Where each line begins; behind the last, where one more would, were it ended too. */
  readonly #starts: Uint32Array

  /** @param text its lines are ended by LF; a last newline begins no further line */
  constructor(text: string) {
    this.#text = text
    this.#starts = startsOf(text)
  }

  get length(): number {
    return this.#starts.length - 1
  }

  /** The line at an index; empty if not found. */
  at(index: number): string {
    return this.#text.slice(this.#startOf(index), this.#startOf(index + 1) - 1)
  }

  /** The text of the lines from one index up to another, each ended by LF. */
  between(from: number, to: number): string {
    const [start, end] = [this.#startOf(from), this.#startOf(to)]
    const text = this.#text.slice(start, end)
    return end > start && end > this.#text.length ? `${text}\n` : text
  }

  #startOf(index: number): number {
    return this.#starts[index] ?? this.#text.length + 1
  }
}

function startsOf(text: string): Uint32Array {
  const endsOpen = text !== '' && !text.endsWith('\n')
  let count = endsOpen ? 1 : 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === NEWLINE) count++
  const starts = new Uint32Array(count + 1)
  let line = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === NEWLINE) starts[++line] = at + 1
  if (endsOpen) starts[count] = text.length + 1
  return starts
}
