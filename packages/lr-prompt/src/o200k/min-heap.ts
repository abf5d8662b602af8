/** Numbers, of which the least comes out first. */
export class MinHeap {
  readonly #items: number[] = []

  push(item: number): void {
    const items = this.#items
    let at = items.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent] ?? item
      if (above <= item) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  /** Takes the least one out; undefined if it is empty. */
  pop(): number | undefined {
    const items = this.#items
    const least = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.#sink(last)
    return least
  }

  /** Puts an item in the place of the first, and then down to where it belongs. */
  #sink(item: number): void {
    const items = this.#items
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= items.length) break
      const right = left + 1
      const child = right < items.length && (items[right] ?? 0) < (items[left] ?? 0) ? right : left
      const below = items[child] ?? item
      if (below >= item) break
      items[at] = below
      at = child
    }
    items[at] = item
  }
}
