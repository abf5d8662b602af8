import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateTokens } from '../../src/tokens/estimate-tokens.ts'

/** `exact` is what o200k gives (gpt-tokenizer 4.0.0). */
test.each([
  ['nothing', '', 0],
  ['a word', 'print', 1],
  ['words', 'the quick brown fox jumps over the lazy dog', 9],
  ['code', 'export function estimateTokens(text: string): number {\n  return text.length\n}\n', 19],
  ['Python', 'def add(a, b):\n    """Adds."""\n    return a + b\n', 18],
  ['a finding', 'src/foo.py:12:5: E501 line too long (88 > 79 characters)\n', 24],
  ['hexadecimal', 'deadbeef0123456789abcdef'.repeat(50), 400],
  ['base 64', 'QmFzZTY0IGVuY29kZWQgdGV4dCBpcyBmdW4hIQ'.repeat(50), 1350],
  ['Russian', 'Съешь ещё этих мягких французских булок, да выпей чаю. '.repeat(50), 901],
  ['Chinese', '这是一个测试文件，其中包含中文。'.repeat(50), 400],
  ['a table of numbers', 'second       19     19  100 %       0    2.0       0     -         0\n', 28],
  ['columns with tabs', 'a\t 1\t  22\t   333\n', 11],
  ['a rule of Vitest', '⎯'.repeat(30), 90],
  ['failed tests', '  ✗ adds\n  ❯ makes\n  ✓ throws\n', 14],
  ['a progress display', '⠋⠙⠹⠸', 12],
  ['one letter', 'a'.repeat(5000), 625],
])('%s', (_case, text, exact) => {
  const estimate = estimateTokens(text)
  expect(estimate).toBeGreaterThanOrEqual(exact)
  expect(estimate).toBeLessThanOrEqual(exact * 2)
})

test('lines never come to less than the whole', () => {
  const line = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const parts = lines.map((text) => `${text}\n`)
      const sum = parts.reduce((total, part) => total + estimateTokens(part), 0)
      expect(sum).toBeGreaterThanOrEqual(estimateTokens(parts.join('')))
    }),
  )
})
