import { LlmFailure } from '../answer/failure.ts'

/** Time limits in milliseconds; undefined: no limit. The total is the signal's. */
export interface Limits {
  readonly connectMs?: number | undefined
  /** From the connection to the first byte of the body. */
  readonly firstMs?: number | undefined
  /** Between two pieces of the body. */
  readonly idleMs?: number | undefined
}

/** Aborts a request if one of its phases takes too long, or all of it. */
export class PhaseLimits {
  readonly #limits: Limits
  readonly #total: AbortSignal
  readonly #host: string
  readonly #controller = new AbortController()
  readonly #end = () => this.#controller.abort(this.#total.reason)
  #timer: NodeJS.Timeout | undefined
  #reason: LlmFailure | undefined

  /** @param total aborted when the time for everything is over, or by the user */
  constructor(limits: Limits, total: AbortSignal, host: string) {
    this.#limits = limits
    this.#total = total
    this.#host = host
    if (total.aborted) this.#end()
    total.addEventListener('abort', this.#end)
    this.#expect(limits.connectMs, 'no connection', '--connect-timeout')
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the request was aborted here, if it was. */
  get reason(): unknown {
    return this.#reason ?? (this.#total.aborted ? this.#total.reason : undefined)
  }

  connected(): void {
    this.#expect(this.#limits.firstMs, 'no answer begins', '--first-token-timeout')
  }

  alive(): void {
    this.#expect(this.#limits.idleMs, 'the answer does not continue', '--idle-timeout')
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#total.removeEventListener('abort', this.#end)
  }

  #expect(limitMs: number | undefined, what: string, option: string): void {
    clearTimeout(this.#timer)
    if (limitMs === undefined) return
    this.#timer = setTimeout(() => {
      const message = `${this.#host}: ${what} within ${limitMs / 1000} s (${option})`
      this.#reason = new LlmFailure('timeout', message, { retryable: true })
      this.#controller.abort(this.#reason)
    }, limitMs)
  }
}
