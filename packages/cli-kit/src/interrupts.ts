import { constants } from 'node:os'
import { CommandError } from './command-error.ts'
import { statusOfSignal } from './exit-status.ts'
import { endRunningGroups } from './processes/running-groups.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof SIGNALS)[number]

/**
 * What happens at SIGINT, SIGTERM and SIGHUP. As long as no clean-up is registered they end the process as the system
 * does, at once, and reading and writing may block; from the first registration on they are served by us.
 */
export class Interrupts {
  readonly #cleanUps = new Set<() => Promise<void> | void>()
  readonly #abort = new AbortController()
  readonly #beforeCleanUp: () => void
  readonly #beforeEnd: () => Promise<void>
  #served = false
  #interrupted = false
  #intercept: (() => void) | undefined

  /**
   * @param beforeCleanUp at once, at the first signal
   * @param beforeEnd after the clean-ups, before the signal ends the process
   */
  constructor(beforeCleanUp: () => void, beforeEnd: () => Promise<void>) {
    this.#beforeCleanUp = beforeCleanUp
    this.#beforeEnd = beforeEnd
  }

  /** Whether a signal waits for us to serve it: then nothing may block. */
  get areServed(): boolean {
    return this.#served
  }

  /** Aborted at the first signal. */
  get signal(): AbortSignal {
    this.#serve()
    return this.#abort.signal
  }

  /** Registers a clean-up; the function that comes back takes the registration back. */
  register(cleanUp: () => Promise<void> | void): () => void {
    this.#serve()
    this.#cleanUps.add(cleanUp)
    return () => this.#cleanUps.delete(cleanUp)
  }

  /** Lets Ctrl-C (SIGINT) do something else than end the program; the function that comes back ends that. */
  intercept(handle: () => void): () => void {
    this.#serve()
    this.#intercept = handle
    return () => void (this.#intercept = undefined)
  }

  #serve(): void {
    if (this.#served) return
    this.#served = true
    for (const signal of SIGNALS) process.on(signal, () => void this.#end(signal))
  }

  /**
   * The first signal lets the clean-ups finish; the second does not wait for them, and asks all children to end. Then the
   * signal ends us for good, so that a shell sees 128+n, and knows that a loop around us is meant to end too;
   * `process.exit` could wait for ever for a thread that still reads standard input.
   */
  async #end(signal: Signal): Promise<void> {
    if (signal === 'SIGINT' && this.#intercept) return this.#intercept()
    if (!this.#interrupted) {
      this.#interrupted = true
      this.#beforeCleanUp()
      this.#abort.abort(new CommandError(statusOfSignal(constants.signals[signal]), `ended by ${signal}`))
      await Promise.allSettled([...this.#cleanUps].map(async (cleanUp) => cleanUp()))
      await this.#beforeEnd()
    } else endRunningGroups()
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
}
