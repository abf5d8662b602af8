import { randomUUID } from 'node:crypto'
import { type Charge, type Follower, LlmFailure } from '@loop-runner/llm-client'
import { ANONYMOUS } from './clients.ts'
import type { RequestFacts } from './request-log.ts'

/** Follows one request of a client, for the log and the metrics. */
export class Trace implements Follower {
  readonly id = randomUUID()
  client = ANONYMOUS
  isStream = false
  readonly #started = performance.now()
  readonly #charges: Charge[] = []
  #attempts = 0
  #waitedMs = 0
  #firstTextMs: number | undefined
  #error: RequestFacts['error']
  #message: string | undefined

  readonly onCharge = (charge: Charge): void => void this.#charges.push(charge)
  readonly onAttempt = (): void => void this.#attempts++
  readonly onWait = (milliseconds: number): void => void (this.#waitedMs = milliseconds)

  onText(): void {
    this.#firstTextMs ??= performance.now() - this.#started
  }

  failed(error: unknown, isGone: boolean): void {
    this.#error = error instanceof LlmFailure ? error.kind : isGone ? 'gone' : 'internal'
    this.#message = error instanceof Error ? error.message : String(error)
  }

  facts({ method, path, status }: Pick<RequestFacts, 'method' | 'path' | 'status'>): RequestFacts {
    return {
      id: this.id,
      client: this.client,
      method,
      path,
      status,
      isStream: this.isStream,
      error: this.#error,
      message: this.#message,
      attempts: this.#attempts,
      waitedMs: this.#waitedMs,
      firstTextMs: this.#firstTextMs,
      durationMs: performance.now() - this.#started,
      charges: this.#charges,
    }
  }
}
