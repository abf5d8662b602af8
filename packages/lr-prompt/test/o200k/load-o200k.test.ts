import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { estimateTokens } from '../../src/tokens/estimate-tokens.ts'
import { loadO200k } from '../../src/o200k/load-o200k.ts'

const count = await loadO200k()

/** The library loses a byte-order mark on the way, and half a character has no bytes. */
const NOT_COMPARED = /\uFEFF|\p{Surrogate}/gu

/** What the library counts, which takes the square of the length of a word. */
function libraryCount(text: string): number {
  return countTokens(text, { disallowedSpecial: new Set() })
}

/** Two tokens at each cut; a text of one piece has none. */
function mostDeviation(text: string): number {
  return 2 * Math.floor(text.length / 65_536)
}

test('any text comes to what the library counts', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'foo',
      'Bar',
      ' baz',
      '\n',
      '  ',
      '\t',
      '123',
      "'s",
      '日本',
      '😀',
      '<|endoftext|>',
      '/*',
      'é',
      '\r\n',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('').replaceAll(NOT_COMPARED, '')
      expect(count(text)).toBe(libraryCount(text))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['with blanks it is exact', 'const value = items.map((item) => item.size)\n', true],
  ['without any it nearly is', '{"a":[1,22,333],"b_c":null,"ü":"x\\n"},', false],
])('a text is cut into pieces: %s', (_case, line, isExact) => {
  const text = line.repeat(5000)
  expect(Math.abs(count(text) - libraryCount(text))).toBeLessThanOrEqual(isExact ? 0 : mostDeviation(text))
})

/** What takes the square of its length would not come to an end here. */
test.each([
  ['letters', 'a', 1 / 8],
  ['capitals', 'A', 1 / 8],
  ['spaces', ' ', 1 / 128],
  ['newlines', '\n', 1 / 16],
  ['equals signs', '=', 1 / 64],
  ['an emoji', '😀', 1 / 2],
  ['Chinese', '的', 1],
  ['accents', 'e\u0301', 1],
])('a million characters of nothing but %s', (_case, text, perCharacter) => {
  const tokens = count(text.repeat(1_000_000 / text.length))
  expect(tokens / 1_000_000).toBeGreaterThan(perCharacter * 0.99)
  expect(tokens / 1_000_000).toBeLessThan(perCharacter * 1.01)
})

test('a line of 200,000 letters by chance', () => {
  const letters = Array.from({ length: 200_000 }, (_, index) => String.fromCharCode(97 + ((index * index * 7919) % 26)))
  expect(count(letters.join(''))).toBeGreaterThan(50_000)
})

describe('on the files of this project and on samples of other languages', () => {
  const root = fileURLToPath(new URL('../../../..', import.meta.url))
  const kinds = /\.(?:ts|js|cjs|py|sh|md|json|jsonl|yaml|txt|c|go|rs|java|html|css|sql|php|rb|s)$/
  const files = ['packages', 'docs', 'examples', 'scripts']
    .flatMap((folder) => listFiles(join(root, folder)))
    .filter((path) => kinds.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8').replaceAll(NOT_COMPARED, '') }))
    .filter(({ text }) => text.length > 0)

  test('there are many, of many kinds', () => {
    expect(files.length).toBeGreaterThan(500)
    expect(new Set(files.map(({ path }) => kinds.exec(path)?.[0])).size).toBeGreaterThan(15)
  })

  test('the count is what the library counts', () => {
    const wrong = files.filter(({ text }) => Math.abs(count(text) - libraryCount(text)) > mostDeviation(text))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('the estimate is never too low, and at most twice as high', () => {
    const wrong = files
      .map(({ path, text }) => ({ path, exact: count(text), estimate: estimateTokens(text) }))
      .filter(({ exact, estimate }) => estimate < exact || estimate > 2 * exact)
    expect(wrong).toEqual([])
  })
})

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : listFiles(path)
    return entry.isFile() ? [path] : []
  })
}
