import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockReader, parseStream, type Part, PartError, writeStream } from '../src/index.ts'

/** Lines that are, or nearly are, what the grammar gives a meaning to. */
const trickyLine = fc.oneof(
  fc.constantFrom('', ' ', '>>>>>>>>', '>>>>>>>>>', '>>>>>>>>>>', '>>>>>>>', '>>>>>>>> ', '>>>>>>>>\t\r', ' >>>>>>>>'),
  fc.constantFrom(
    '<<<<<<<<',
    '<<<<<<<<<',
    '<<<<<<< HEAD',
    '=======',
    '>>>>>>> main',
    '<<<< a <<<<',
    '<<<< a.py <<<<\r',
  ),
  fc.constantFrom(
    '\\ No newline at end of file',
    '\\ No newline at end of file \r',
    '\ufeff<<<< a <<<<',
    'a\rb',
    'é日',
  ),
  fc.nat(40).map((count) => '>'.repeat(count)),
  fc.nat(40).map((count) => '<'.repeat(count)),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const content = fc
  .tuple(fc.array(trickyLine, { maxLength: 6 }), fc.constantFrom('', '\n', '\r\n', '\n\n'))
  .map(([lines, end]) => lines.join('\n') + end)
const name = fc.oneof(
  fc.constantFrom(
    '',
    'stdout',
    './configure',
    'src/a.py',
    ' a',
    'a ',
    '"a"',
    'a\\b',
    'a\tb',
    'a\nb',
    'a <<<< b',
    '<<<<',
    '<',
    'é',
  ),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.string({ unit: fc.constantFrom('<', ' ', '"', '\\', '\n', '\r', '\0', 'a', '\x7f'), maxLength: 8 }),
)
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ name, content }) },
  { weight: 1, arbitrary: content.map((text) => ({ text })) },
)

/** What reading gives back: texts in a row are one text, empty ones disappear. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = []
  for (const next of parts) {
    const last = result.at(-1)
    if ('text' in next && last && 'text' in last) result[result.length - 1] = { text: last.text + next.text }
    else if ('name' in next || next.text !== '') result.push(next)
  }
  return result
}

test('parse(write(x)) = x over 100,000 generated streams', () => {
  let written = 0
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      let stream: string
      try {
        stream = writeStream(parts)
      } catch (error) {
        if (error instanceof PartError) return
        throw error
      }
      written++
      expect(parseStream(stream)).toEqual(joined(parts))
    }),
    { numRuns: 160_000 },
  )
  expect(written).toBeGreaterThan(100_000)
})

test('however a stream is cut, the pieces are the stream and say the same', () => {
  fc.assert(
    fc.property(fc.array(trickyLine, { maxLength: 12 }), fc.array(fc.nat(30), { maxLength: 9 }), (lines, cuts) => {
      const bytes = Buffer.from(lines.join('\n'))
      expect(events(bytes, cuts)).toEqual(events(bytes, []))
    }),
    { numRuns: 20_000 },
  )
})

/** The events of a stream delivered in pieces of these sizes, neighbours of one kind made one; or the line of its error. */
function events(bytes: Buffer, sizes: readonly number[]): unknown[] {
  const reader = new BlockReader()
  const seen: { kind: string; name: string | undefined; bytes: string }[] = []
  const take = (more: ReturnType<BlockReader['push']>) => {
    for (const event of more) {
      const last = seen.at(-1)
      const next = {
        kind: event.kind,
        name: event.kind === 'open' ? event.name : undefined,
        bytes: event.bytes.toString('latin1'),
      }
      if (last && last.kind === next.kind && next.kind !== 'open') last.bytes += next.bytes
      else seen.push(next)
    }
  }
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    take(reader.push(bytes.subarray(at, at + size)))
    at += size
  }
  try {
    take(reader.end())
    expect(seen.map((event) => event.bytes).join('')).toBe(bytes.toString('latin1'))
    return seen
  } catch (error) {
    return [String(error)]
  }
}
