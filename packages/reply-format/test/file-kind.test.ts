import { expect, test } from 'vitest'
import { isProse, suffixOf } from '../src/file-kind.ts'

test.each([
  ['README.md', true],
  ['docs/a.rst', true],
  ['notes.txt', true],
  ['README', true],
  ['LICENSE', true],
  ['requirements.txt', false],
  ['dev-requirements.txt', false],
  ['requirements_test.txt', false],
  ['requirements/base.txt', false],
  ['constraints.txt', false],
  ['src/CMakeLists.txt', false],
  ['robots.txt', false],
  ['runtime.txt', false],
  ['a.py', false],
  ['Makefile', false],
])('%s is prose: %s', (path, expected) => {
  expect(isProse(path)).toBe(expected)
})

test('a name without a suffix counts whole', () => {
  expect(suffixOf('src/Makefile')).toBe('makefile')
})
