import { LONGEST_TIMER_MS } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { inSeconds } from '../network/in-seconds.ts'
import { FairQueue } from './fair-queue.ts'
import { type RateEntry, RateWindow, type Rates } from './rate-window.ts'

export interface GateLimits extends Rates {
  /** Requests to the model at a time. */
  readonly concurrent: number
  /** Waiting requests; further ones are refused. */
  readonly queue: number
  /** How long a request may wait. */
  readonly waitMs: number
}

/** A request that asks to be sent. */
export interface Need {
  readonly client: string
  readonly label: string
  /** An estimate of its prompt and its answer. */
  readonly tokens: number
  readonly isRetry: boolean
  /** How long the request may still wait; default: the limit of the gate. */
  readonly waitMs?: number | undefined
  /** Whether it is refused while the server's rate limit is used up: another model can take it. */
  readonly hasFallback?: boolean
}

/** Permission to send one request. */
export interface Pass {
  /** The server has accepted the request. */
  accepted(): void
  /** @param tokens that were used, if known */
  end(outcome: { readonly failure?: LlmFailure | undefined; readonly tokens?: number | undefined }): void
}

interface Waiter extends Need {
  /** When it has waited too long. */
  readonly until: number
  readonly start: (pass: Pass) => void
  readonly fail: (error: Error) => void
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

/**
 * Sends requests on within shared limits, fairly by client. A rate limit of the server pauses all of them; after the pause
 * one request is sent alone, and the others follow when the server accepts it.
 */
export class Gate {
  readonly #limits: GateLimits
  readonly #rates: RateWindow
  readonly #queue = new FairQueue<Waiter>()
  #running = 0
  #pausedUntil = 0
  #rateLimits = 0
  #probe: 'none' | 'due' | 'running' = 'none'
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(limits: GateLimits) {
    this.#limits = limits
    this.#rates = new RateWindow(limits)
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#queue.size
  }

  /** Resolves when the request may be sent. @throws LlmFailure if it is refused, or the signal's reason */
  enter(need: Need, signal: AbortSignal): Promise<Pass> {
    if (this.#isClosed) return Promise.reject(stopping(need.label))
    if (signal.aborted) return Promise.reject(signal.reason as Error)
    const waitMs = Math.max(0, need.waitMs ?? this.#limits.waitMs)
    const until = Date.now() + waitMs
    if (this.#pausedUntil > (need.hasFallback ? Date.now() : until)) return Promise.reject(this.#tooLate(need))
    return new Promise((resolve, reject) => {
      const abort = () => waiter.fail(signal.reason as Error)
      const late = setTimeout(() => waiter.fail(this.#tooLate(need)), Math.min(waitMs + 1, LONGEST_TIMER_MS))
      const release = () => {
        clearTimeout(late)
        signal.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        ...need,
        until,
        start: (pass) => {
          release()
          resolve(pass)
        },
        fail: (error) => {
          release()
          this.#queue.remove(need.client, waiter)
          reject(error)
          this.#pump()
        },
      }
      signal.addEventListener('abort', abort)
      this.#queue.push(need.client, waiter, need.isRetry)
      this.#pump()
      if (!need.isRetry && this.#queue.size > this.#limits.queue && this.#queue.has(waiter)) {
        waiter.fail(this.#full(need))
      }
    })
  }

  /** Refuses all that wait, and whatever comes. */
  close(): void {
    this.#isClosed = true
    for (const waiter of this.#queue.items()) waiter.fail(stopping(waiter.label))
  }

  #pump(): void {
    clearTimeout(this.#timer)
    for (let next = this.#queue.peek(); next; next = this.#queue.peek()) {
      if (this.#running >= this.#limits.concurrent || this.#probe === 'running') return
      const now = Date.now()
      const waitMs = Math.max(this.#pausedUntil - now, this.#rates.waitFor(next.item.tokens, now))
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.min(waitMs + 1, LONGEST_TIMER_MS))
        return
      }
      this.#queue.remove(next.client, next.item)
      next.item.start(this.#start(next.item, now))
    }
  }

  #start({ client, tokens }: Waiter, now: number): Pass {
    const entry = this.#rates.add(tokens, now)
    const isProbe = this.#probe === 'due'
    if (isProbe) this.#probe = 'running'
    this.#running++
    this.#queue.started(client)
    return {
      accepted: () => {
        if (now < this.#pausedUntil) return
        this.#rateLimits = 0
        if (isProbe && this.#probe === 'running') this.#resume()
      },
      end: ({ failure, tokens: used }) => {
        this.#running--
        this.#queue.ended(client)
        settle(entry, failure, used)
        if (failure?.kind === 'rate-limit') this.#pause(failure.waitMs, now)
        else if (isProbe && this.#probe === 'running') this.#probe = 'none'
        this.#pump()
      },
    }
  }

  #resume(): void {
    this.#probe = 'none'
    this.#pump()
  }

  /** Requests that were sent before a pause began say nothing new about the next one. */
  #pause(waitMs: number | undefined, sentAt: number): void {
    const now = Date.now()
    if (sentAt >= this.#pausedUntil) this.#rateLimits++
    const backoff = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#rateLimits - 1))
    this.#pausedUntil = Math.max(this.#pausedUntil, now + (waitMs === undefined ? backoff : waitMs + backoff / 10))
    this.#probe = 'due'
    for (const waiter of this.#queue.items())
      if (waiter.hasFallback || waiter.until < this.#pausedUntil) waiter.fail(this.#tooLate(waiter))
  }

  /** The seconds after which another try makes sense: the pause, or the time that the queue takes. */
  #retryAfterMs(tokens: number): number {
    const now = Date.now()
    const { requests, windowMs } = this.#limits
    const queueMs = requests === undefined ? 0 : (this.#queue.size / requests) * windowMs
    return Math.max(1000, this.#pausedUntil - now, this.#rates.waitFor(tokens, now), queueMs)
  }

  #full({ label, tokens }: Need): LlmFailure {
    const waitMs = this.#retryAfterMs(tokens)
    return new LlmFailure('rate-limit', `${label}: ${this.#limits.queue} requests are waiting already`, { waitMs })
  }

  #tooLate({ label, tokens }: Need): LlmFailure {
    const waitMs = this.#retryAfterMs(tokens)
    const words = `${label}: no turn within ${inSeconds(this.#limits.waitMs)} (--wait-limit)`
    return new LlmFailure('rate-limit', words, { waitMs })
  }
}

/** What a rejected request used of the tokens is not known to count. */
function settle(entry: RateEntry, failure: LlmFailure | undefined, used: number | undefined): void {
  if (used !== undefined) entry.tokens = used
  else if (failure?.kind === 'rate-limit') entry.tokens = 0
}

function stopping(label: string): LlmFailure {
  return new LlmFailure('overload', `${label}: the service is stopping`, { waitMs: 1000 })
}
