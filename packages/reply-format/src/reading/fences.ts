const FENCE = /^\s*(`{3,}|~{3,})(.*)$/

/** Two fence lines that belong together, by their places among the lines that were read; the last may have no other. */
export interface Fence {
  readonly first: number
  readonly last: number
  /** Whether they stand round a block, or the last in front of one. */
  readonly isAround: boolean
}

interface OpenFence {
  readonly place: number
  /** The index of its line in the reply. */
  readonly index: number
  readonly sign: string
}

/** Pairs fence lines among lines that are read one after the other. */
export class FenceReader {
  readonly #openers: readonly number[]
  readonly #fences: Fence[] = []
  #open: OpenFence | undefined
  #count = 0

  /** @param openers the indices of the lines that open blocks, ascending */
  constructor(openers: readonly number[]) {
    this.#openers = openers
  }

  /** @param index of the line in the reply */
  read(line: string, index: number): void {
    const place = this.#count++
    const [, sign, info = ''] = FENCE.exec(line) ?? []
    if (sign === undefined) return
    if (!this.#open) this.#open = { place, index, sign }
    else if (sign.startsWith(this.#open.sign) && info.trim() === '') this.#close(this.#open, place, index)
  }

  /** All of them, once the last line has been read; ascending. */
  end(): readonly Fence[] {
    if (this.#open) this.#close(this.#open, this.#open.place, Infinity)
    return this.#fences
  }

  #close({ place, index }: OpenFence, last: number, lastIndex: number): void {
    this.#fences.push({ first: place, last, isAround: hasBetween(this.#openers, index, lastIndex) })
    this.#open = undefined
  }
}

/** Whether any of some ascending numbers is between two others. */
export function hasBetween(ascending: readonly number[], from: number, to: number): boolean {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = ascending[middle]
    if (one !== undefined && one <= from) low = middle + 1
    else high = middle
  }
  const next = ascending[low]
  return next !== undefined && next < to
}
