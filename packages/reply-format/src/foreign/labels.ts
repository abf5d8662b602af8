import type { OutsideLine } from './outside-line.ts'
import { type PathLabel, readPathLabel } from './path-label.ts'

/** A label, and where it is. */
export interface PlacedLabel extends PathLabel {
  readonly index: number
  readonly text: string
}

/** So many lines that are not blank may be between a label and what it names. */
const REACH = { heading: 12, plain: 2, sentence: 0 }

/** Remembers which file the lines before name. */
export class Labels {
  lastSentence = ''
  readonly #isKnown: (name: string) => boolean
  #label: PlacedLabel | undefined
  #distance = 0

  constructor(isKnown: (name: string) => boolean) {
    this.#isKnown = isKnown
  }

  /** The label in whose reach the next line is. */
  get current(): PlacedLabel | undefined {
    return this.#label && this.#distance <= REACH[this.#label.kind] ? this.#label : undefined
  }

  read({ index, text }: OutsideLine): void {
    if (text.trim() === '') return
    this.lastSentence = text
    const label = readPathLabel(text, this.#isKnown)
    if (label) {
      // Of a list of files none is the one that is meant.
      const isList = this.#label?.kind === 'plain' && this.#distance === 0 && label.kind === 'plain'
      this.#label = isList && this.#label?.name !== label.name ? undefined : { ...label, index, text }
      this.#distance = isList ? Infinity : 0
      return
    }
    if (/^\s*#{1,6}\s/.test(text)) this.#label = undefined
    this.#distance++
  }

  /** What a label names has come. */
  use(): void {
    this.#label = undefined
  }
}
