import { fstatSync, readFileSync, readSync } from 'node:fs'
import { type Part, parseStream, StreamError } from '@loop-runner/block-format'
import { reasonOf, UsageError } from './command-error.ts'
import { decodeUtf8 } from './decode-utf8.ts'

const CHUNK_BYTES = 1 << 20

/** Standard input. Nothing is read, and nothing waits, before one of its methods is called. */
export class Input {
  readonly #stream: () => NodeJS.ReadStream
  readonly #say: (message: string) => void

  constructor(stream: () => NodeJS.ReadStream, say: (message: string) => void) {
    this.#stream = stream
    this.#say = say
  }

  get isTerminal(): boolean {
    return this.#stream().isTTY === true
  }

  /** The bytes as they come. A chunk may be filled again once the next one is asked for. */
  async *chunks(): AsyncGenerator<Buffer> {
    // A regular file never keeps us waiting, and large reads are far cheaper than the stream's.
    if (isRegularFile(0)) yield* readRegularFile(0)
    else {
      if (this.isTerminal) this.#say('reading standard input from the terminal (end it with Ctrl-D)')
      try {
        for await (const chunk of this.#stream()) yield chunk as Buffer
      } catch (error) {
        throw new UsageError(`standard input: ${reasonOf(error)}`)
      }
    }
  }

  /** All of it. */
  async bytes(): Promise<Buffer> {
    if (isRegularFile(0)) return readFileSync(0)
    const chunks: Buffer[] = []
    for await (const chunk of this.chunks()) chunks.push(chunk)
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

function isRegularFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}

function* readRegularFile(descriptor: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  for (;;) {
    const length = readSync(descriptor, buffer, 0, CHUNK_BYTES, null)
    if (length === 0) return
    yield buffer.subarray(0, length)
  }
}
