import { LONGEST_TIMER_MS } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { inSeconds } from './in-seconds.ts'

/** Aborts everything at the total time limit, or at an interrupt. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #label: string
  #timeoutMs: number
  #end: number
  #timer: NodeJS.Timeout | undefined
  readonly #outer: AbortSignal
  readonly #interrupt = () => this.#controller.abort(this.#outer.reason)

  constructor(timeoutMs: number, label: string, outer: AbortSignal) {
    this.#label = label
    this.#timeoutMs = timeoutMs
    this.#end = Date.now() + timeoutMs
    this.#outer = outer
    this.#start()
    if (outer.aborted) this.#interrupt()
    outer.addEventListener('abort', this.#interrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#end - Date.now()
  }

  /** Adds a wait that does not count. */
  extend(milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#timeoutMs += milliseconds
    this.#end += milliseconds
    this.#start()
  }

  /** Stops the clock until the function that it returns is called. */
  pause(): () => void {
    clearTimeout(this.#timer)
    const began = Date.now()
    return () => this.extend(Date.now() - began)
  }

  #start(): void {
    const words = `${this.#label}: no complete answer within ${inSeconds(this.#timeoutMs)} (--timeout)`
    this.#timer = setTimeout(
      () => this.#controller.abort(new LlmFailure('timeout', words)),
      Math.min(Math.max(0, this.remainingMs), LONGEST_TIMER_MS),
    )
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#outer.removeEventListener('abort', this.#interrupt)
  }
}
