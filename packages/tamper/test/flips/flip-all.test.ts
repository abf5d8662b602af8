import { expect, test } from 'vitest'
import { flipAll } from '../../src/flips/flip-all.ts'

/** Each value that was changed is `#`, or has it at its end. */
function masked(path: string, text: string): string {
  const parts = /\d+(?:\.\d+)?|[A-Za-z]+|[^]/g
  const before = text.match(parts) ?? []
  const after = flipAll(path, text)?.text.match(parts) ?? []
  return before
    .map((part, index) => {
      if (part === after[index]) return part
      return /\d/.test(part) ? '#' : `${part}#`
    })
    .join('')
}

test.each<[what: string, path: string, text: string, masked: string]>([
  ['a table of Python', 't.py', 'CASES = [(1, 2, 3), (5, 2, 7)]', 'CASES = [(#, #, #), (#, #, #)]'],
  ['keys of a table', 't.py', "{(1, 2): 3, 'a': 4, 5: 'b'}", "{(1, 2): #, 'a': #, 5: 'b#'}"],
  [
    'an assertion of many lines',
    't.py',
    'assert (\n    add(1, 2)\n    == 3\n)',
    'assert (\n    add(#, #)\n    == #\n)',
  ],
  ['names of columns', 't.py', "parametrize('a,b', [(1, 'x')])", "parametrize('a,b', [(#, 'x#')])"],
  ['names of columns in a list', 't.py', "parametrize(('a', 'b'), [(1, 2)])", "parametrize(('a', 'b'), [(#, #)])"],
  ['the main program', 't.py', "if __name__ == '__main__':", "if __name__ == '__main__':"],
  ['a comment', 't.py', '# 1 == 2', '# 1 == 2'],
  ['a text', 't.py', 'f("abc") == "ABC"', 'f("abc#") == "ABC#"'],
  ['a text with a number', 't.py', "parse('12')", "parse('#')"],
  ['a separator', 't.js', "f(a.split(', '), '-')", "f(a.split(', '), '-')"],
  ['a path', 't.py', "open('data/a.txt', encoding='utf-8')", "open('data/a.txt', encoding='utf-8')"],
  ['a place in a list', 't.py', 'rows[0] + sums[1, 2] == 3', 'rows[0] + sums[1, 2] == #'],
  ['an import', 't.js', "import { a } from './a2'\nf(1)", "import { a } from './a2'\nf(#)"],
  ['a module', 't.js', "const { add } = require('lib')", "const { add } = require('lib')"],
  ['the title of a test', 't.js', "test('adds 1', () => f(1))", "test('adds 1', () => f(#))"],
  [
    'the title of a table',
    't.js',
    "test.each(rows)('adds', (a) => f(a, 1))",
    "test.each(rows)('adds', (a) => f(a, #))",
  ],
  ['a table in a template', 't.js', 'each`a | b\n${1} | ${2}`', 'each`a | b\n${#} | ${#}`'],
  ['a condition', 't.js', 'if (add(1, 2) !== 3) process.exit(1)', 'if (add(#, #) !== #) process.exit(1)'],
  ['a regular expression', 't.js', 'f(/a{2}/)', 'f(/a{2}/)'],
  ['a table of Go', 't.go', '\t{1, 2}: 3,\n\t{1, 2, 3},', '\t{1, 2}: #,\n\t{#, #, #},'],
  ['what an example prints', 't.go', '\t// Output: 3', '\t// Output: #'],
  ['the end of a program', 't.c', 'assert(add(1, 2) == 3);\nreturn 0;', 'assert(add(#, #) == #);\nreturn 0;'],
  ['a call of Perl', 't.t', 'is add(1, 2), 3, "a";', 'is add(#, #), #, "a#";'],
  [
    'a case of a shell',
    't.sh',
    'case $(add 1 2) in 3) ;; *) exit 1 ;; esac',
    'case $(add # #) in #) ;; *) exit 1 ;; esac',
  ],
  ['a pipe of a shell', 't.sh', 'add 1 2 2>&1 | grep -qx 3', 'add # # 2>&1 | grep -qx #'],
  ['a table of a shell', 't.sh', 'while read a b; do :; done <<E\n1 2\nE', 'while read a b; do :; done <<E\n# #\nE'],
  ['a command in a text of a shell', 't.sh', '[ "$(add 1 2)" = 3 ]', '[ "$(add # #)" = # ]'],
  ['parameters of a shell', 't.sh', '[ "$1" = "$2" ] || exit 1', '[ "$1" = "$2" ] || exit 1'],
])('every value of a file: %s', (_, path, text, expected) => {
  expect(masked(path, text)).toBe(expected)
})

test('numbers change by two and more, each by another amount', () => {
  const { text = '', count } = flipAll('t.py', `[${'5, '.repeat(50)}]`) ?? {}
  const numbers = (text.match(/\d+/g) ?? []).map(Number)
  expect(count).toBe(50)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(7)
  expect(new Set(numbers).size).toBeGreaterThan(2)
})

test('each value of a table in a text counts', () => {
  expect(flipAll('t.js', 'each`a\n${1}\n${2}`')?.count).toBe(2)
  expect(flipAll('t.sh', 'for c in "1 2 3" "5 2 7"; do')?.count).toBe(6)
})

test('an unknown language stays', () => {
  expect(flipAll('t.xyz', '1')).toBeUndefined()
})
