import { LlmFailure } from '../answer/failure.ts'
import { limitCost, mostCost, type Price } from '../call/budget.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { Ledger } from './ledger.ts'

/** A part of the budget that is set aside for one request. */
export interface Reservation {
  readonly request: ChatRequest
  /** Whether the same request may be sent again. */
  allowsRetry(): boolean
  release(): void
}

/**
 * A budget for all requests together. A request sets aside the most that it may cost; one that does not fit beside those
 * that are running waits for them. Alone, it gets a limit of tokens that fits.
 */
export class SharedBudget {
  readonly #maxCost: number
  readonly #ledger: Ledger
  #reserved = 0
  #last: Promise<unknown> = Promise.resolve()
  #released: () => void = () => {}

  /** @param maxCost in US dollars */
  constructor(maxCost: number, ledger: Ledger) {
    this.#maxCost = maxCost
    this.#ledger = ledger
  }

  get remaining(): number {
    return this.#maxCost - this.#ledger.spent
  }

  /**
   * In order of arrival.
   *
   * @throws LlmFailure of kind `budget` if not even the prompt fits, or the signal's reason
   */
  reserve(request: ChatRequest, label: string, price: Price, signal: AbortSignal): Promise<Reservation> {
    const reserved = this.#last.then(() => this.#reserveInTurn(request, label, price, signal))
    this.#last = Promise.allSettled([reserved])
    return reserved
  }

  async #reserveInTurn(request: ChatRequest, label: string, price: Price, signal: AbortSignal): Promise<Reservation> {
    for (;;) {
      signal.throwIfAborted()
      const limited = limitCost(request, label, this.#requireRest(label), price)
      const cost = Math.min(mostCost(limited, price), this.remaining)
      if (this.#reserved === 0 || this.#reserved + cost <= this.remaining) return this.#setAside(limited, cost)
      await this.#nextRelease(signal)
    }
  }

  #requireRest(label: string): number {
    if (this.remaining > 0) return this.remaining
    throw new LlmFailure('budget', `${label}: the budget of ${this.#maxCost} USD is used up (--max-cost, --ledger)`)
  }

  #setAside(request: ChatRequest, cost: number): Reservation {
    this.#reserved += cost
    let isHeld = true
    return {
      request,
      allowsRetry: () => this.#reserved <= this.remaining,
      release: () => {
        if (!isHeld) return
        isHeld = false
        this.#reserved -= cost
        // Sums of fractions leave a rest.
        if (this.#reserved < 1e-9) this.#reserved = 0
        this.#released()
      },
    }
  }

  #nextRelease(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#released = done
      signal.addEventListener('abort', done)
    })
  }
}
