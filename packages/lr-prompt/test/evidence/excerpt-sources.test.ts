import { expect, test } from 'vitest'
import type { Run } from '../../src/evidence/evidence.ts'
import { excerptSources } from '../../src/evidence/excerpt-sources.ts'

const FILES = ['src/a.py', './configure', 'my ü.ts'].map((name) => ({
  name,
  path: name.replace('./', ''),
  content: 'one\ntwo\nthree\nfour\nfive\nsix\n',
  editable: true,
}))

function runWith(texts: Partial<Run>): Run {
  const none = { stdout: '', stderr: '', score: '', findings: '', excerpts: '' }
  return {
    command: '',
    status: 1,
    outcome: 'fail',
    isTampered: false,
    isInconclusive: false,
    script: undefined,
    ...none,
    ...texts,
  }
}

test.each([
  ['a finding', { findings: 'src/a.py:2:1: error X y\n' }, 'src/a.py\n> 2 | two\n'],
  [
    'findings before output',
    { findings: 'src/a.py:2:1: error\n', stdout: 'src/a.py:5: error\n' },
    'src/a.py\n> 2 | two\n',
  ],
  ['output in the manner of gcc', { stderr: './src/a.py:3: bad\n' }, 'src/a.py\n> 3 | three\n'],
  ['of tsc', { stdout: 'src/a.py(1,5): error\n' }, 'src/a.py\n> 1 | one\n'],
  ['of Python', { stderr: '  File "src/a.py", line 6, in f\n' }, 'src/a.py\n> 6 | six\n'],
  ['of a stack of Node', { stderr: '    at f (src/a.py:4:7)\n' }, 'src/a.py\n> 4 | four\n'],
  ['two files', { stdout: 'src/a.py:1: x\nconfigure:2: y\n' }, 'src/a.py\n> 1 | one\nconfigure\n> 2 | two\n'],
  ['a file that is not here', { stdout: 'lib/b.py:1: x\n' }, ''],
  ['a line that is not there', { stdout: 'src/a.py:99: x\n' }, ''],
  ['a word as long as output can be', { stdout: 'a'.repeat(500_000) }, ''],
])('%s', (_case, texts, expected) => {
  expect(excerptSources(runWith(texts), FILES, 0)).toBe(expected)
})

test('lines around, with gaps marked', () => {
  const run = runWith({ stdout: 'src/a.py:1: x\nsrc/a.py:6: y\n' })
  expect(excerptSources(run, FILES, 1)).toBe('src/a.py\n> 1 | one\n  2 | two\n…\n  5 | five\n> 6 | six\n')
})

test.each([
  ['in a record of pytest', '    two\n    three\n>   four\nsrc/a.py:4: AssertionError\n    five\n', ''],
  [
    'all but the last',
    'three\n>   four\nsrc/a.py:4: AssertionError\n',
    'src/a.py\n  3 | three\n> 4 | four\n  5 | five\n',
  ],
  ['in a frame of Jest', '    > 4 | four\n        | ^\n      5 | five\n      at x (src/a.py:4:5)\n', ''],
  ['in a frame of Vitest', ' ❯ src/a.py:4:5\n      3|\n      4| four\n       |   ^\n', ''],
  ['in a frame of AVA', '  src/a.py:4\n\n   3: three\n   4: four\n', ''],
  ['another line of that number', 'src/a.py:4: x\n  4 | fourteen\n', 'src/a.py\n  3 | three\n> 4 | four\n  5 | five\n'],
])('lines that the output shows are left out: %s', (_case, stdout, expected) => {
  expect(excerptSources(runWith({ stdout }), FILES, 1)).toBe(expected)
})

test('a line that is too long to read is shortened', () => {
  const file = { name: 'a.min.js', path: 'a.min.js', content: `${'x'.repeat(1_000_000)}\n`, editable: true }
  const excerpt = excerptSources(runWith({ stdout: 'a.min.js:1:70000: error\n' }), [file], 0)
  expect(excerpt).toBe(`a.min.js\n> 1 | ${'x'.repeat(300)}[lr-prompt: 999700 characters left out]\n`)
})

const TESTS = {
  name: 'test_a.py',
  path: 'test_a.py',
  content:
    'import a\n\n\n@mark\ndef test_one(x):\n    y = x\n    assert y\n\n\n@mark\nasync def test_two():\n    z = 2\n    assert z\n',
  editable: false,
}
const ONE = '    y = x\n>   assert y\ntest_a.py:7\n'
const SECOND = 'test_a.py\n  10 | @mark\n  11 | async def test_two():\n  12 |     z = 2\n> 13 |     assert z\n'

test.each([
  ['the name in the heading stands for the head of a function', `___ test_one\n${ONE}`, ''],
  ['with arguments, in a class, with a rule behind it', `____ TestA.test_one[1-b c] ____\n${ONE}`, ''],
  [
    'not the name of another test',
    `___ test_on\n${ONE}`,
    `test_a.py\n   4 | @mark\n   5 | def test_one(x):\n   6 |     y = x\n>  7 |     assert y\n   8 | \n   9 | \n  10 | @mark\n`,
  ],
  ['nor of one that fails elsewhere', `___ test_one\n${ONE}___ test_three\n>   assert z\ntest_a.py:13\n`, SECOND],
  ['an asynchronous one', '___ test_two\n    z = 2\n>   assert z\ntest_a.py:13\n', ''],
])('a record of pytest: %s', (_case, stdout, expected) => {
  expect(excerptSources(runWith({ stdout }), [TESTS], 3)).toBe(expected)
})
