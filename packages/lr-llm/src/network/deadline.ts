import { LlmFailure } from '../answer/failure.ts'
import { inSeconds } from './in-seconds.ts'

/** Aborts everything at the total time limit, or at an interrupt. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #end: number
  readonly #timer: NodeJS.Timeout
  readonly #outer: AbortSignal
  readonly #interrupt = () => this.#controller.abort(this.#outer.reason)

  constructor(timeoutMs: number, label: string, outer: AbortSignal) {
    this.#end = Date.now() + timeoutMs
    this.#outer = outer
    this.#timer = setTimeout(
      () =>
        this.#controller.abort(
          new LlmFailure('timeout', `${label}: no complete answer within ${inSeconds(timeoutMs)} (--timeout)`),
        ),
      // A timer takes at most a 32-bit count of milliseconds; more would fire at once.
      Math.min(timeoutMs, 2 ** 31 - 1),
    )
    if (outer.aborted) this.#interrupt()
    outer.addEventListener('abort', this.#interrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#end - Date.now()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#outer.removeEventListener('abort', this.#interrupt)
  }
}
