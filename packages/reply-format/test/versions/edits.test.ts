import { describe, expect, test } from 'vitest'
import { review as reviewFile, section } from '../support/review.ts'

const OLD = 'def a():\n    x = 1\n    return x\n\n\ndef b():\n    x = 1\n    return x\n'

const review = (content: string, old = OLD) => reviewFile('src/a.py', content, old)

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
  ])('fit except for $what', ({ content }) => {
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
    { what: 'blank lines only', content: section('\n\n', ''), code: 'edit-not-found', says: 'no lines to find' },
    { what: 'nothing like it', content: section('zzz\n', ''), code: 'edit-not-found', says: 'not in the file (' },
    { what: 'nothing to look for', content: section('', 'x\n'), code: 'edit-not-found', says: 'no lines to find' },
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

  test('a file that does not exist cannot be edited', () => {
    expect(reviewFile('src/a.py', section('a\n', 'b\n'))).toMatchObject({ refused: { code: 'edit-not-found' } })
  })

  test.each(['n.md', 'n.txt', 'n.py', 'CMakeLists.txt'])('an empty SEARCH makes a new file: %s', (path) => {
    expect(reviewFile(path, section('', 'hello\n'))).toMatchObject({ content: 'hello\n' })
    expect(reviewFile(path, section('', 'Title\n=====\n'))).toMatchObject({ content: 'Title\n=====\n' })
    expect(reviewFile(path, section('', 'a\n') + section('', 'b\n'))).toMatchObject({
      refused: { code: 'edit-not-found' },
    })
  })

  test.each(['a\n', '# A\n\ntext\n'])('an empty SEARCH for a file with content is refused: %j', (old) => {
    for (const search of ['', '\n', '\n  \n']) {
      expect(reviewFile('a.md', section(search, 'x\n'), old)).toMatchObject({ refused: { code: 'edit-not-found' } })
    }
  })

  test.each([
    { what: 'dashes and plus signs', content: '------- SEARCH\ndef a():\n=======\ndef z():\n+++++++ REPLACE\n' },
    { what: 'ORIGINAL and UPDATED', content: '<<<<<<< ORIGINAL\ndef a():\n=======\ndef z():\n>>>>>>> UPDATED\n' },
    {
      what: ':start_line:',
      content: '<<<<<<< SEARCH\n:start_line:1\n-------\ndef a():\n=======\ndef z():\n>>>>>>> REPLACE\n',
    },
    {
      what: ':start_line: and :end_line: without dashes',
      content: '<<<<<<< SEARCH\n:start_line: 1\n:end_line: 1\ndef a():\n=======\ndef z():\n>>>>>>> REPLACE\n',
    },
    { what: 'a line number behind SEARCH', content: section('def a():\n', 'def z():\n').replace('SEARCH', 'SEARCH:1') },
  ])('other spellings: $what', ({ content }) => {
    expect(review(content)).toMatchObject({ content: OLD.replace('a()', 'z()'), isEdit: true })
  })

  test.each([
    { what: 'line numbers in SEARCH', search: '1 | def a():\n2 |     x = 1\n', code: 'line-numbers' },
    {
      what: 'line numbers in both',
      search: '1: def a():\n2:     x = 1\n',
      replace: '1: def a():\n2:     x = 2\n',
      code: 'line-numbers',
    },
    {
      what: 'line numbers with a blank behind them',
      search: '1 def a():\n2     x = 1\n',
      replace: '1 def a():\n2     x = 2\n',
      code: 'line-numbers',
    },
    {
      what: 'a line number on one line',
      search: '1\tdef a():\n',
      replace: 'def a():\n    # 1\n',
      code: 'line-numbers',
      one: true,
    },
    {
      what: 'a blank first line',
      search: '\ndef a():\n    x = 1\n',
      replace: '\ndef a():\n    x = 2\n',
      code: 'blank-edge',
    },
    {
      what: 'a blank last line',
      search: 'def a():\n    x = 1\n\n',
      replace: 'def a():\n    x = 2\n\n',
      code: 'blank-edge',
    },
    { what: 'a blank line in SEARCH only', search: '\ndef a():\n    x = 1\n\n', code: 'blank-edge' },
    { what: 'numbers and a blank line', search: '\n1 | def a():\n2 |     x = 1\n', code: 'blank-edge' },
  ])('repaired: $what', ({ search, replace = 'def a():\n    x = 2\n', code, one = false }) => {
    const next = one ? OLD.replace('def a():', 'def a():\n    # 1') : OLD.replace('1', '2')
    const result = review(section(search, replace))
    expect(result).toMatchObject({ content: next })
    expect(result.noted.map((remark) => remark.code)).toContain(code)
  })

  test('nothing but blank lines in REPLACE', () => {
    expect(review(section('\ndef a():\n', '\n'))).toMatchObject({ content: OLD.replace('def a():\n', '') })
  })

  test.each([
    { what: 'a blank first line', search: '\ndef a():\n    x = 7\n', says: 'line 2 is "x = 1"' },
    { what: 'line numbers', search: '1 | def a():\n2 |     x = 7\n', says: 'line 2 is "x = 1"' },
  ])('not found, with $what: the message names the line that differs', ({ search, says }) => {
    expect(review(section(search, ''))).toMatchObject({ refused: { message: expect.stringContaining(says) } })
  })
})

describe('lines of = inside a section', () => {
  const RST = 'Install\n=======\n\nRun pip.\n'
  test.each([
    {
      what: 'a heading',
      path: 'a.rst',
      old: RST,
      content: section('Install\n=======\n\nRun pip.\n', 'Install\n=======\n\nRun uv.\n'),
      next: 'Install\n=======\n\nRun uv.\n',
    },
    {
      what: 'a heading in the new text',
      path: 'a.rst',
      old: 'text\n',
      content: section('text\n', 'Title\n=======\ntext\n'),
      next: 'Title\n=======\ntext\n',
    },
    {
      what: 'a short heading',
      path: 'a.md',
      old: 'Usage\n=====\n\nold\n',
      content: section('Usage\n=====\n\nold\n', 'Usage\n=====\n\nnew\n'),
      next: 'Usage\n=====\n\nnew\n',
    },
    {
      what: 'a docstring',
      path: 'a.py',
      old: '"""\nTitle\n=====\n"""\nx = 1\n',
      content: section('"""\nTitle\n=====\n"""\nx = 1\n', '"""\nTitle\n=====\n"""\nx = 2\n'),
      next: '"""\nTitle\n=====\n"""\nx = 2\n',
    },
    {
      what: 'a conflict',
      path: 'a.py',
      old: '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n',
      content: section('<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n', 'x = 2\n'),
      next: 'x = 2\n',
    },
    {
      what: 'a new heading in an empty file',
      path: 'a.rst',
      old: '',
      content: section('', 'T\n=====\n'),
      next: 'T\n=====\n',
    },
  ])('$what', ({ path, old, content, next }) => {
    expect(reviewFile(path, content, old)).toMatchObject({ content: next, isEdit: true })
  })

  test('if no SEARCH is in the file, the section is refused', () => {
    expect(reviewFile('a.rst', section('Other\n=======\nx\n', 'y\n'), RST)).toMatchObject({
      refused: { code: 'edit-broken', message: expect.stringContaining('several lines of "="') },
    })
  })
})

describe('a file that shows sections', () => {
  const SAMPLE = `# Title\n\n\`\`\`\n${section('a\n', 'b\n')}\`\`\`\nlast\n`
  test('is edited by sections that change its own lines', () => {
    expect(reviewFile('a.md', section('last\n', 'LAST\n'), SAMPLE)).toMatchObject({
      content: SAMPLE.replace('last', 'LAST'),
    })
  })

  test.each([
    { what: 'a new version', path: 'a.md', content: SAMPLE.replace('Title', 'Head'), old: SAMPLE },
    {
      what: 'a new version of code',
      path: 'a.py',
      content: `x = 1\n${section('a\n', 'b\n')}y = 3\n`,
      old: `x = 1\n${section('a\n', 'b\n')}y = 2\n`,
    },
    { what: 'the first version that does', path: 'a.md', content: SAMPLE, old: '# Title\n\nlast\n' },
    { what: 'a new file', path: 'a.md', content: SAMPLE, old: undefined },
    {
      what: 'a version with an unfinished one',
      path: 'a.md',
      content: SAMPLE.replace('Title', 'Head').replace('=======\n', ''),
      old: SAMPLE,
    },
    { what: 'an unfinished one', path: 'a.md', content: '# Title\n<<<<<<< SEARCH\nlast\n', old: '# Title\nlast\n' },
  ])('$what is taken whole', ({ path, content, old }) => {
    expect(reviewFile(path, content, old)).toMatchObject({ content, isEdit: false })
  })

  test.each([
    {
      what: 'text beside a section',
      path: 'a.md',
      content: `So:\n${section('last\n', 'LAST\n')}`,
      old: SAMPLE,
      code: 'edit-broken',
    },
    {
      what: 'a broken section',
      path: 'a.py',
      content: `x = 1\n${section('x = 1\n', 'x = 2\n')}`,
      old: 'x = 1\n',
      code: 'edit-broken',
    },
    {
      what: 'a section that changes a line, among the text',
      path: 'a.md',
      content: `# Title\n${section('last\n', 'LAST\n')}`,
      old: '# Title\nlast\n',
      code: 'edit-broken',
    },
    {
      what: 'only sections, of a file of only sections',
      path: 'a.txt',
      content: section('a\n', 'c\n'),
      old: section('a\n', 'b\n'),
      code: 'edit-ambiguous',
    },
  ])('$what: refused', ({ path, content, old, code }) => {
    expect(reviewFile(path, content, old)).toMatchObject({ refused: { code } })
  })
})

describe('content that is fine', () => {
  test.each([
    { path: 'a.py', content: 'class A(Protocol):\n    def f(self) -> int:\n        ...\n' },
    { path: 'a.pyi', content: 'x: int\n...\n' },
    { path: 'a.yaml', content: 'a: 1\n...\n' },
    { path: 'notes.md', content: 'The rest of the code is below ...\n\n```sh\nx\n```\n' },
    { path: 'a.md', content: '```\nonly a fence\n```\n' },
    { path: 'a.py', content: 'x = 1\n' },
    { path: 'a.md', content: '```sh\nonly a fence\n```\n' },
    { path: 'a.md', content: '```markdown\n# A\n' },
    { path: 'a.md', content: '```markdown\n# A\n```\ntext\n```\n' },
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
    { path: 'a.py', content: 'lt = "&lt;"\nother = 1\n' },
  ])('$path: $content', ({ path, content }) => {
    expect(reviewFile(path, content)).toMatchObject({ content, noted: [] })
  })
})

test('a fence around a whole file of prose is omitted', () => {
  const content = '```markdown\n# A\n\n```sh\nrun\n```\n```\n'
  expect(reviewFile('a.md', content, '# A\n')).toMatchObject({ content: '# A\n\n```sh\nrun\n```\n' })
  expect(reviewFile('a.md', content, '```markdown\nx\n```\n')).toMatchObject({ content })
})

test('a fence around code that has fences itself is left', () => {
  const content = '```\nx = 2\n```\n'
  expect(reviewFile('a.py', content, '```\nx = 1\n```\n')).toMatchObject({ content })
})
