import { closeSync, openSync, readSync } from 'node:fs'

/** The sizes of values by their types in the GGUF format, versions 2 and 3; strings and arrays have none. */
const SIZES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 }
const [UINT32, STRING, ARRAY, UINT64] = [4, 8, 9, 10]
/** What stands before the metadata: magic, version, and the number of tensors. */
const COUNT_AT = 16
const CHUNK_BYTES = 1 << 16
/** With a longer name the file is damaged. */
const MOST_NAME_BYTES = 1 << 16

/**
 * The tokens that a model file was made for, from its metadata; of the rest nothing is read but what stands before.
 *
 * @returns undefined if the file does not say it, or cannot be read
 */
export function readContextLength(path: string): number | undefined {
  try {
    const descriptor = openSync(path, 'r')
    try {
      return findLength(new Reader(descriptor))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

function findLength(reader: Reader): number | undefined {
  reader.skip(COUNT_AT)
  const count = reader.uint64()
  for (let at = 0; at < count; at++) {
    const name = reader.text()
    const type = reader.uint32()
    const isWanted = /^[^.]+\.context_length$/.test(name)
    if (isWanted && type === UINT32) return reader.uint32()
    if (isWanted && type === UINT64) return reader.uint64()
    skipValue(type, reader)
  }
  return undefined
}

/** @throws Error for a type that is not known */
function skipValue(type: number, reader: Reader): void {
  const size = SIZES[type]
  if (size !== undefined) return reader.skip(size)
  if (type === STRING) return reader.skip(reader.uint64())
  if (type !== ARRAY) throw new Error(`type ${type}`)
  const [itemType, length] = [reader.uint32(), reader.uint64()]
  const itemSize = SIZES[itemType]
  if (itemSize !== undefined) return reader.skip(length * itemSize)
  for (let at = 0; at < length; at++) skipValue(itemType, reader)
}

/** Reads a file from its beginning, in pieces. */
class Reader {
  readonly #descriptor: number
  #chunk = Buffer.alloc(0)
  /** Where the chunk begins in the file, and where the next value begins in it. */
  #start = 0
  #at = 0

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  skip(size: number): void {
    this.#at += size
  }

  uint32(): number {
    return this.#take(4).readUInt32LE()
  }

  uint64(): number {
    return Number(this.#take(8).readBigUInt64LE())
  }

  text(): string {
    const size = this.uint64()
    if (size > MOST_NAME_BYTES) throw new Error('no name')
    return this.#take(size).toString('latin1')
  }

  /** @throws RangeError at the end of the file, by what reads the bytes */
  #take(size: number): Buffer {
    if (this.#at + size > this.#chunk.length) {
      this.#start += this.#at
      this.#at = 0
      const chunk = Buffer.alloc(Math.max(size, CHUNK_BYTES))
      this.#chunk = chunk.subarray(0, readSync(this.#descriptor, chunk, 0, chunk.length, this.#start))
    }
    const taken = this.#chunk.subarray(this.#at, this.#at + size)
    this.#at += size
    return taken
  }
}
