import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BlockReader, parseStream, type Part, StreamError, writeStream } from '../src/index.ts'

interface Vector {
  case: string
  stream: string
  parts?: Part[]
  error?: { line: number }
  canonical?: boolean
}

const vectors = readFileSync(new URL('../fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

/** Reads a stream delivered in pieces of `size` bytes, and puts the parts together again. */
function readInPieces(stream: string, size: number): Part[] {
  const reader = new BlockReader()
  const bytes = Buffer.from(stream)
  const parts: { name?: string; bytes: Buffer[]; cut: number }[] = []
  const take = (events: ReturnType<BlockReader['push']>) => {
    for (const event of events) {
      const last = parts.at(-1)
      const copy = Buffer.from(event.bytes)
      if (event.kind === 'open') parts.push({ name: event.name, bytes: [], cut: 0 })
      else if (event.kind === 'content') last?.bytes.push(copy)
      else if (event.kind === 'marker' && last) last.cut = 1
      else if (event.kind === 'text') {
        if (last && last.name === undefined) last.bytes.push(copy)
        else parts.push({ bytes: [copy], cut: 0 })
      }
    }
  }
  for (let at = 0; at < bytes.length; at += size) take(reader.push(bytes.subarray(at, at + size)))
  take(reader.end())
  return parts.map(({ name, bytes: pieces, cut }) => {
    const whole = Buffer.concat(pieces)
    const text = whole.subarray(0, whole.length - cut).toString()
    return name === undefined ? { text } : { name, content: text }
  })
}

describe.each(vectors)('$case', ({ stream, parts, error, canonical }) => {
  if (parts) {
    test('is read', () => expect(parseStream(stream)).toEqual(parts))
    test.each([1, 2, 3, 5, 8, 13, 64])('is read in pieces of %d bytes', (size) => {
      expect(readInPieces(stream, size)).toEqual(parts)
    })
    test(canonical ? 'is what is written' : 'is written in the one canonical way', () => {
      if (canonical) expect(writeStream(parts)).toBe(stream)
      else expect(parseStream(writeStream(parts))).toEqual(parts)
    })
  }
  if (error) {
    test.each([1, 7, 1000])('is an error with its line, in pieces of %d bytes too', (size) => {
      expect(() => parseStream(stream)).toThrowError(StreamError)
      expect(() => parseStream(stream)).toThrowError(expect.objectContaining({ line: error.line }))
      expect(() => readInPieces(stream, size)).toThrowError(expect.objectContaining({ line: error.line }))
    })
  }
})
