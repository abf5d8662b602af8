import { constants } from 'node:buffer'
import { fstatSync, read, readFileSync, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Part, parseStream, StreamError } from '@loop-runner/block-format'
import { errorCode, reasonOf, UsageError } from '../command-error.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { isTerminal } from './is-terminal.ts'

const CHUNK_BYTES = 1 << 16
const FILE_CHUNK_BYTES = 1 << 20
/** How long to wait if another process has made the descriptor non-blocking and nothing is there yet. */
const POLL_MS = 10

/**
 * Standard input. Nothing is read, and nothing waits, before one of its methods is called. The descriptor is read
 * directly: `process.stdin` costs a quarter of a start of Node.
 */
export class Input {
  readonly #say: (message: string) => Promise<void>
  readonly #mayBlock: () => boolean

  /**
   * @param say done when the message is out: what comes next may block
   * @param mayBlock whether nothing else has to be served while nothing comes
   */
  constructor(say: (message: string) => Promise<void>, mayBlock: () => boolean) {
    this.#say = say
    this.#mayBlock = mayBlock
  }

  get isTerminal(): boolean {
    return isTerminal(0)
  }

  /** Whether it is a pipe, a socket or a file: neither a terminal nor /dev/null, and not closed. Reading it may wait for its writer. */
  get isPiped(): boolean {
    try {
      return !fstatSync(0).isCharacterDevice()
    } catch {
      return false
    }
  }

  /**
   * The bytes as they come. Two buffers take turns: a chunk is filled again when the one after the next is asked for, so
   * that one can still be written while the next is read.
   *
   * @param isAsked whether what is wanted has been said: then nothing is said of a terminal
   */
  async *chunks(isAsked = false): AsyncGenerator<Buffer> {
    if (this.isTerminal && !isAsked) await this.#say('reading standard input from the terminal (end it with Ctrl-D)')
    try {
      yield* readChunks(0, isRegularFile(0) ? FILE_CHUNK_BYTES : CHUNK_BYTES, this.#mayBlock)
    } catch (error) {
      if (error instanceof UsageError) throw error
      throw new UsageError(`standard input: ${reasonOf(error)}`)
    }
  }

  /**
   * All of it.
   *
   * @throws UsageError where it is more than one text can hold: its writer may never end
   */
  async bytes(): Promise<Buffer> {
    if (isRegularFile(0)) {
      requireRoom(fstatSync(0).size)
      return readFileSync(0)
    }
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of this.chunks()) {
      length += chunk.length
      requireRoom(length)
      chunks.push(Buffer.from(chunk))
    }
    return Buffer.concat(chunks)
  }

  /**
   * All of it as text, exactly.
   *
   * @throws UsageError with the offset of the first byte that is not UTF-8, or is NUL
   */
  async text(): Promise<string> {
    return decodeUtf8(await this.bytes(), 'standard input')
  }

  /**
   * All of it as a block stream.
   *
   * @throws UsageError with the line of a block that is never closed
   */
  async parts(): Promise<Part[]> {
    const text = await this.text()
    try {
      return parseStream(text)
    } catch (error) {
      if (error instanceof StreamError) throw new UsageError(`standard input: ${error.message}`)
      throw error
    }
  }
}

function requireRoom(bytes: number): void {
  if (bytes > constants.MAX_STRING_LENGTH) throw new UsageError('standard input: larger than 512 MB (split it)')
}

function isRegularFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}

async function* readChunks(descriptor: number, size: number, mayBlock: () => boolean): AsyncGenerator<Buffer> {
  let [buffer, other] = [Buffer.allocUnsafe(size), Buffer.allocUnsafe(size)]
  const readLater = promisify(read)
  for (;;) {
    try {
      const length = mayBlock()
        ? readSync(descriptor, buffer, 0, size, null)
        : (await readLater(descriptor, buffer, 0, size, null)).bytesRead
      if (length === 0) return
      yield buffer.subarray(0, length)
      ;[buffer, other] = [other, buffer]
    } catch (error) {
      if (errorCode(error) === 'EOF') return
      if (errorCode(error) !== 'EAGAIN') throw error
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
}
