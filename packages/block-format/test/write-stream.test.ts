import { expect, test } from 'vitest'
import { PartError, parseStream, writeStream } from '../src/index.ts'

test.each([
  { what: 'a text that holds an opener', parts: [{ text: '<<<< a.py <<<<\n' }], index: 0 },
  { what: 'a text that ends with an opener', parts: [{ text: 'x\n<<<< a.py <<<<' }], index: 0 },
  { what: 'an opener made by two texts', parts: [{ text: '<<<< a' }, { text: '.py <<<<\n' }], index: 0 },
  {
    what: 'the marker behind a block',
    parts: [{ name: 'a', content: 'x\n' }, { text: '\\ No newline at end of file\n' }],
    index: 1,
  },
  { what: 'a text without newline in front of a block', parts: [{ text: 'x' }, { name: 'a', content: '' }], index: 1 },
  { what: 'a lone surrogate in a name', parts: [{ name: '"\ud800', content: '' }], index: -1 },
])('$what cannot be written, or is written so that it reads the same', ({ parts, index }) => {
  if (index < 0) expect(parseStream(writeStream(parts))).toEqual(parts)
  else {
    expect(() => writeStream(parts)).toThrowError(PartError)
    expect(() => writeStream(parts)).toThrowError(expect.objectContaining({ index }))
  }
})

test('an empty text between a block and the marker does not hide it', () => {
  const parts = [{ name: 'a', content: 'x\n' }, { text: '' }, { text: '\\ No newline at end of file' }]
  expect(() => writeStream(parts)).toThrowError(PartError)
})
