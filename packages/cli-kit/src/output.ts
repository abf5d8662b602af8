import { BrokenPipe, CommandError, errorCode, reasonOf } from './command-error.ts'
import { ExitStatus } from './exit-status.ts'

/** Standard output or standard error: every byte arrives, or the program fails. */
export class Output {
  readonly #stream: NodeJS.WriteStream
  readonly #what: string
  #closed = false

  constructor(stream: NodeJS.WriteStream, what: string) {
    this.#stream = stream
    this.#what = what
    // Every write looks at its own outcome; without a listener the same error would end the process with a stack.
    stream.on('error', () => {})
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true
  }

  /** Columns of the terminal; 80 where it is none. */
  get columns(): number {
    return this.#stream.columns ?? 80
  }

  /**
   * Writes all of `data`; done when the system has it.
   *
   * @throws BrokenPipe when the reader is gone, CommandError (3) when it cannot be written, such as on a full disk
   */
  write(data: string | Uint8Array): Promise<void> {
    // After an interrupt nothing half done is printed: the write stays pending until the program ends.
    if (this.#closed) return new Promise(() => {})
    if (data.length === 0) return Promise.resolve()
    return new Promise<void>((resolve, reject) => {
      this.#stream.write(data, (error) => (error ? reject(this.#failure(error)) : resolve()))
    })
  }

  /** Nothing that is written from now on comes out. */
  close(): void {
    this.#closed = true
  }

  #failure(error: Error): CommandError {
    if (errorCode(error) === 'EPIPE') return new BrokenPipe()
    return new CommandError(ExitStatus.Failed, `${this.#what}: ${reasonOf(error)}`)
  }
}
