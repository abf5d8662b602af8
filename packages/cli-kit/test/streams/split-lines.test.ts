import { expect, test } from 'vitest'
import { splitLines } from '../../src/streams/split-lines.ts'

test('pieces of any size become lines; what has no end yet waits', () => {
  const lines: string[] = []
  const feed = splitLines((line) => lines.push(line))
  const bytes = Buffer.from('a\n\nné\nrest')
  for (const byte of bytes) feed(Buffer.of(byte))
  expect(lines).toEqual(['a', '', 'né'])
  feed(Buffer.from('\nb\nc'))
  expect(lines).toEqual(['a', '', 'né', 'rest', 'b'])
})
