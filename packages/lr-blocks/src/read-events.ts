import { isUtf8 } from 'node:buffer'
import { type BlockEvent, BlockReader, StreamError } from '@loop-runner/block-format'
import { findBadByte, type Input, startOfCharacter, UsageError } from '@loop-runner/cli-kit'

/**
 * Standard input as block events, checked and in bounded memory. Views in the events are valid until the batch after
 * the next is asked for.
 *
 * @throws UsageError with the line of a block that is never closed, or the offset of a byte that is not UTF-8
 */
export async function* readEvents(stdin: Input): AsyncGenerator<readonly BlockEvent[]> {
  const reader = new BlockReader()
  const checker = new TextChecker()
  try {
    for await (const chunk of stdin.chunks()) {
      checker.push(chunk)
      yield reader.push(chunk)
    }
    checker.end()
    yield reader.end()
  } catch (error) {
    if (error instanceof StreamError) throw new UsageError(`standard input: ${error.message}`)
    throw error
  }
}

const NOTHING = Buffer.alloc(0)

/** Finds the first byte that has no place in a stream, over chunks that may cut a character. */
class TextChecker {
  #offset = 0
  #rest: Buffer = NOTHING

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    // One pass over the bytes: where they are text, only NUL is looked for.
    const isText = isUtf8(bytes)
    const end = isText ? bytes.length : startOfCharacter(bytes, bytes.length - 1)
    if (isText && bytes.indexOf(0) < 0) this.#offset += bytes.length
    else this.#check(bytes.subarray(0, end))
    this.#rest = end === bytes.length ? NOTHING : Buffer.from(bytes.subarray(end))
  }

  end(): void {
    this.#check(this.#rest)
  }

  #check(bytes: Buffer): void {
    const bad = findBadByte(bytes)
    if (bad)
      throw new UsageError(
        `standard input: byte ${this.#offset + bad.offset} is ${bad.kind} (a stream is UTF-8 text without NUL)`,
      )
    this.#offset += bytes.length
  }
}
