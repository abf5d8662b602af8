interface Waiting<T> {
  readonly client: string
  readonly item: T
}

/**
 * Waiting requests by client. The next one belongs to the client with the fewest running requests; among equals, to the
 * one that started a request least recently. Requests that began and must be sent again come first.
 */
export class FairQueue<T> {
  readonly #retries: Waiting<T>[] = []
  readonly #waiting = new Map<string, T[]>()
  readonly #running = new Map<string, number>()
  readonly #lastStart = new Map<string, number>()
  #starts = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(client: string, item: T, isRetry: boolean): void {
    this.#size++
    if (isRetry) this.#retries.push({ client, item })
    else this.#itemsOf(client).push(item)
  }

  /** All that wait, in no order. */
  items(): T[] {
    return [...this.#retries.map(({ item }) => item), ...[...this.#waiting.values()].flat()]
  }

  has(item: T): boolean {
    return this.items().includes(item)
  }

  peek(): Waiting<T> | undefined {
    const [retry] = this.#retries
    if (retry) return retry
    const clients = [...this.#waiting.keys()]
    const [first, ...others] = clients
    if (first === undefined) return undefined
    const client = others.reduce((best, other) => (this.#isBefore(other, best) ? other : best), first)
    const [item] = this.#waiting.get(client) ?? []
    return item === undefined ? undefined : { client, item }
  }

  remove(client: string, item: T): void {
    const retry = this.#retries.findIndex((entry) => entry.item === item)
    if (retry >= 0) {
      this.#retries.splice(retry, 1)
      this.#size--
      return
    }
    const items = this.#itemsOf(client)
    const place = items.indexOf(item)
    if (place >= 0) {
      items.splice(place, 1)
      this.#size--
    }
    if (items.length === 0) this.#waiting.delete(client)
  }

  started(client: string): void {
    this.#lastStart.set(client, ++this.#starts)
    this.#running.set(client, (this.#running.get(client) ?? 0) + 1)
  }

  ended(client: string): void {
    const running = (this.#running.get(client) ?? 0) - 1
    if (running > 0) this.#running.set(client, running)
    else this.#running.delete(client)
  }

  #itemsOf(client: string): T[] {
    const items = this.#waiting.get(client) ?? []
    this.#waiting.set(client, items)
    return items
  }

  #isBefore(left: string, right: string): boolean {
    const running = (this.#running.get(left) ?? 0) - (this.#running.get(right) ?? 0)
    return running === 0 ? (this.#lastStart.get(left) ?? 0) < (this.#lastStart.get(right) ?? 0) : running < 0
  }
}
