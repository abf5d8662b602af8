import { describe, expect, test } from 'vitest'
import { reviewVersion } from './review-version.ts'

const OLD = 'def a():\n    x = 1\n    return x\n\n\ndef b():\n    x = 1\n    return x\n'

function review(content: string, old = OLD) {
  return reviewVersion({ path: 'src/a.py', content, old, base: old, allowsShrink: false, allowsSecrets: false })
}

function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`
}

describe('SEARCH/REPLACE sections', () => {
  test.each([
    { what: 'one', content: section('def a():\n    x = 1\n', 'def a():\n    x = 2\n'), next: OLD.replace('1', '2') },
    {
      what: 'several, each on what the ones before left',
      content: section('def a():\n', 'def c():\n') + section('def c():\n', 'def d():\n'),
      next: OLD.replace('a()', 'd()'),
    },
    {
      what: 'lines that go',
      content: section('    return x\n\n\ndef b():\n', ''),
      next: OLD.replace('    return x\n\n\ndef b():\n', ''),
    },
    {
      what: 'five signs',
      content: '<<<<< SEARCH\ndef a():\n=====\ndef z():\n>>>>> REPLACE\n',
      next: OLD.replace('a()', 'z()'),
    },
    {
      what: 'a fence between them',
      content: `\`\`\`py\n${section('def a():\n', 'def z():\n')}\`\`\`\n`,
      next: OLD.replace('a()', 'z()'),
    },
    {
      what: 'marks at the signs',
      content: section('def a():\n', 'def z():\n').replace('SEARCH', 'SEARCH>'),
      next: OLD.replace('a()', 'z()'),
    },
  ])('$what', ({ content, next }) => {
    expect(review(content)).toMatchObject({ content: next, isEdit: true, noted: [] })
  })

  test.each([
    { what: 'blanks at line ends', content: section('def a():  \n    x = 1\t\n', 'def a():\n    x = 2\n') },
    { what: 'the whole section moved', content: section('  def a():\n      x = 1\n', '  def a():\n      x = 2\n') },
  ])('fit but for $what', ({ content }) => {
    expect(review(content)).toMatchObject({ content: OLD.replace('1', '2'), noted: [{ code: 'edit-blanks' }] })
  })

  test('an indent that the file has and the section has not is put back', () => {
    const content = section('x = 1\nreturn x\n\n\ndef b():\n', 'x = 2\n')
    expect(review(content)).toMatchObject({ refused: { code: 'edit-not-found' } })
    const inner = section('y = 1\nif y:\n  z()\n', 'y = 2\nif y:\n  z()\n')
    expect(review(inner, 'def f():\n    y = 1\n    if y:\n      z()\n')).toMatchObject({
      content: 'def f():\n    y = 2\n    if y:\n      z()\n',
    })
  })

  test('lines that do not bear the indent of their section are left as they are', () => {
    const content = section('  def a():\n      x = 1\n', '  def a():\n\nx = 2\n')
    expect(review(content)).toMatchObject({ content: OLD.replace('    x = 1', '\nx = 2') })
  })

  test('an empty file is filled by an empty SEARCH', () => {
    expect(review(section('', 'x = 1\n'), '')).toMatchObject({ content: 'x = 1\n' })
  })

  test.each([
    {
      what: 'two places',
      content: section('    x = 1\n', '    x = 2\n'),
      code: 'edit-ambiguous',
      says: 'lines 2 and 7',
    },
    {
      what: 'no place',
      content: section('def c():\n    x = 1\n', ''),
      code: 'edit-not-found',
      says: 'nearest are lines 1 to 2, where line 1 is "def a():"',
    },
    {
      what: 'a line with another sign',
      content: section('    x = 7\n', ''),
      code: 'edit-not-found',
      says: 'nearest is line 2, "x = 1"',
    },
    {
      what: 'a block whose first line is another',
      content: section('\ndef c():\n    y = 2\n', ''),
      code: 'edit-not-found',
      says: 'nearest are lines 1 to 2, where line 1 is "def a():"',
    },
    {
      what: 'more than the file has',
      content: section(`${OLD}end\n`, ''),
      code: 'edit-not-found',
      says: 'where the file ends there',
    },
    { what: 'more blank lines', content: section('\n\n\n', ''), code: 'edit-not-found', says: 'not in the file (' },
    { what: 'nothing like it', content: section('zzz\n', ''), code: 'edit-not-found', says: 'not in the file (' },
    { what: 'nothing to look for', content: section('', 'x\n'), code: 'edit-ambiguous', says: '' },
    { what: 'no end', content: '<<<<<<< SEARCH\ndef a():\n=======\nx\n', code: 'edit-broken', says: 'line 1' },
    { what: 'no divider', content: '<<<<<<< SEARCH\ndef a():\n>>>>>>> REPLACE\n', code: 'edit-broken', says: 'line 1' },
    { what: 'text between', content: `so:\n${section('def a():\n', '')}`, code: 'edit-broken', says: '"so:"' },
    {
      what: 'a second SEARCH',
      content: `<<<<<<< SEARCH\nx\n${section('def a():\n', '')}`,
      code: 'edit-broken',
      says: '',
    },
    { what: 'a placeholder', content: section('def a():\n', '# ... rest of the code\n'), code: 'elided', says: 'rest' },
  ])('$what: refused', ({ content, code, says }) => {
    expect(review(content)).toMatchObject({ refused: { code, message: expect.stringContaining(says) } })
  })

  test('a new file that shows such sections is no edit', () => {
    const version = { path: 'src/a.py', content: section('a\n', 'b\n'), old: undefined, base: undefined }
    expect(reviewVersion({ ...version, allowsShrink: false, allowsSecrets: false })).toMatchObject({
      refused: { code: 'conflict-markers' },
    })
  })
})

describe('content that is fine', () => {
  test.each([
    { path: 'a.py', content: 'class A(Protocol):\n    def f(self) -> int:\n        ...\n' },
    { path: 'a.pyi', content: 'x: int\n...\n' },
    { path: 'a.yaml', content: 'a: 1\n...\n' },
    { path: 'notes.md', content: 'The rest of the code is below ...\n\n```sh\nx\n```\n' },
    { path: 'a.md', content: '```\nonly a fence\n```\n' },
    { path: 'a.ts', content: 'f(...args)\nconst rest = [...more]\n// existing users keep their names\n' },
    {
      path: 'a.py',
      content: '# The same, but unchanged inputs are skipped and the rest is computed from scratch again.\nx = 1\n',
    },
    { path: 'a.py', content: '# Other imports\nimport os\n# fields that were omitted\n# the order is unchanged\n' },
    { path: 'a.patch', content: '@@ -1,1 +1,1 @@\n-a\n+b\n' },
    { path: 'a.txt', content: '1| one\n' },
    { path: 'data.csv', content: 'x\n'.repeat(300) },
    { path: 'Makefile', content: 'all:\n\tcc a.c\n' },
    { path: 'a.ts', content: '// a.ts\nexport {}\n' },
    { path: 'a.c', content: 'int x;\n#include "rest.h"\n' },
  ])('$path: $content', ({ path, content }) => {
    const result = reviewVersion({
      path,
      content,
      old: undefined,
      base: undefined,
      allowsShrink: false,
      allowsSecrets: false,
    })
    expect(result).toMatchObject({ content, noted: [] })
  })
})
