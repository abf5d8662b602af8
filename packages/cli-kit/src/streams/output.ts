import { write, writeSync } from 'node:fs'
import { BrokenPipe, CommandError, errorCode, reasonOf } from '../command-error.ts'
import { ExitStatus } from '../exit-status.ts'
import { isFileOrNull, isTerminal } from './is-terminal.ts'

/** How long to wait if another process has made the descriptor non-blocking and its reader is slow. */
const POLL_MS = 5

/**
 * Standard output or standard error: every byte arrives, in order, or the program fails. The descriptor is written
 * directly: it is cheaper than the stream, and its short writes and errors are seen.
 */
export class Output {
  readonly #descriptor: number
  readonly #what: string
  readonly #mayBlock: () => boolean
  #last: Promise<void> = Promise.resolve()
  #closed = false
  #isFile: boolean | undefined

  /** @param mayBlock whether nothing else has to be served while a slow reader keeps us waiting */
  constructor(descriptor: number, what: string, mayBlock: () => boolean) {
    this.#descriptor = descriptor
    this.#what = what
    this.#mayBlock = mayBlock
  }

  get isTerminal(): boolean {
    return isTerminal(this.#descriptor)
  }

  /**
   * Writes all of `data`; done when the system has it.
   *
   * @throws BrokenPipe when the reader is gone, CommandError (3) when it cannot be written, such as on a full disk
   */
  write(data: string | Uint8Array): Promise<void> {
    // After an interrupt nothing half done is printed: the write stays pending until the program ends.
    if (this.#closed) return new Promise(() => {})
    if (data.length === 0) return this.#last
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    const written = this.#last.then(() => this.#writeAll(bytes))
    this.#last = written.catch(() => {})
    return written
  }

  /** Done when everything written so far is out, or has failed. */
  flush(): Promise<void> {
    return this.#last
  }

  /** Nothing that is written from now on comes out. */
  close(): void {
    this.#closed = true
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await this.#writeOnce(bytes, at)
  }

  #writeOnce(bytes: Uint8Array, at: number): Promise<number> {
    if (this.#neverBlocks || this.#mayBlock()) return this.#writeBlocking(bytes, at)
    return new Promise((resolve, reject) => {
      write(this.#descriptor, bytes, at, bytes.length - at, null, (error, length) => {
        if (!error) resolve(length)
        else if (errorCode(error) === 'EAGAIN') setTimeout(resolve, POLL_MS, 0)
        else reject(this.#failure(error))
      })
    })
  }

  async #writeBlocking(bytes: Uint8Array, at: number): Promise<number> {
    try {
      return writeSync(this.#descriptor, bytes, at)
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw this.#failure(error as Error)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      return 0
    }
  }

  /** A file or /dev/null needs none of the threads that Node starts for the first write in the background. */
  get #neverBlocks(): boolean {
    return (this.#isFile ??= isFileOrNull(this.#descriptor))
  }

  #failure(error: Error): CommandError {
    if (errorCode(error) === 'EPIPE') return new BrokenPipe()
    return new CommandError(ExitStatus.Failed, `${this.#what}: ${reasonOf(error)}`)
  }
}
