import { expect, test } from 'vitest'
import { firstWord } from '../../src/evidence/first-word.ts'

test.each([
  ['./lint.sh --strict src\n', './lint.sh'],
  ['  lint\n', 'lint'],
  ["'./my lint.sh' a", './my lint.sh'],
  ['"./my \\"lint\\".sh" a', './my "lint".sh'],
  ['./my\\ lint.sh a', './my lint.sh'],
  ["./it\\''s all'.sh", "./it's all.sh"],
  ["'never closed", ''],
  ['', ''],
])('%j begins with %j', (command, word) => {
  expect(firstWord(command)).toBe(word)
})

test('a command of megabytes is no trouble', () => {
  expect(firstWord(`./a.sh ${'x'.repeat(20_000_000)}`)).toBe('./a.sh')
  expect(firstWord(`"${'\\x'.repeat(10_000_000)}`)).toBe('')
})
