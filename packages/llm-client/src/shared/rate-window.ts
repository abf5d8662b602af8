/** Limits for each window of time; undefined: no limit. */
export interface Rates {
  readonly requests: number | undefined
  readonly tokens: number | undefined
  readonly windowMs: number
}

/** One request in the window. */
export interface RateEntry {
  readonly at: number
  /** An estimate until the answer is complete. */
  tokens: number
}

/** Requests reach the server with varying delay: two that leave a window apart may arrive closer together. */
const MARGIN_SHARE = 0.02
const MARGIN_MS = 250

/** The requests of the last window. A sliding window satisfies servers that count by fixed windows or fill buckets, too. */
export class RateWindow {
  readonly #rates: Rates
  readonly #spanMs: number
  #entries: RateEntry[] = []

  constructor(rates: Rates) {
    this.#rates = rates
    this.#spanMs = rates.windowMs + Math.max(MARGIN_MS, rates.windowMs * MARGIN_SHARE)
  }

  /** Milliseconds until a request with so many tokens fits. A request above the limit of tokens needs an empty window. */
  waitFor(tokens: number, now: number): number {
    this.#entries = this.#entries.filter(({ at }) => at + this.#spanMs > now)
    return Math.max(this.#waitForRequest(now), this.#waitForTokens(tokens, now))
  }

  add(tokens: number, now: number): RateEntry {
    const entry = { at: now, tokens }
    this.#entries.push(entry)
    return entry
  }

  #waitForRequest(now: number): number {
    const { requests = Infinity } = this.#rates
    const blocking = this.#entries[this.#entries.length - requests]
    return blocking ? blocking.at + this.#spanMs - now : 0
  }

  #waitForTokens(tokens: number, now: number): number {
    const { tokens: limit = Infinity } = this.#rates
    let sum = this.#entries.reduce((total, entry) => total + entry.tokens, tokens)
    for (const entry of sum > limit ? this.#entries : []) {
      sum -= entry.tokens
      if (sum <= limit || entry === this.#entries.at(-1)) return entry.at + this.#spanMs - now
    }
    return 0
  }
}
