import { expect, test } from 'vitest'
import { FILES, PY2 } from '../support/forms.ts'
import { take } from '../support/take.ts'

/** A number in front of each line, and what is between them. */
const numbered = (text: string, between: string, trims = false) =>
  text.replaceAll(/^.*$/gm, (line, at: number) => {
    const number = text.slice(0, at).split('\n').length
    if (at === text.length) return ''
    return `${number}${trims && line === '' ? '' : between}${line}`
  })
const block = (path: string, content: string) => `<<<< ${path} <<<<\n${content}>>>>>>>>\n`

test.each([
  { what: 'a bar', content: numbered(PY2, ' | ') },
  { what: 'a tab', content: numbered(PY2, '\t') },
  { what: 'a colon', content: numbered(PY2, ': ') },
  { what: 'L and a colon', content: numbered(PY2, ': ').replaceAll(/^(?=\d)/gm, 'L') },
  { what: 'Line and a colon', content: numbered(PY2, ': ').replaceAll(/^(?=\d)/gm, 'Line ') },
  { what: 'a blank', content: numbered(PY2, ' ') },
  { what: 'two blanks', content: numbered(PY2, '  ') },
  { what: 'a dot', content: numbered(PY2, '. ') },
  { what: 'a blank, none where nothing follows', content: numbered(PY2, ' ', true) },
])('numbers with $what behind them are left out', ({ content }) => {
  expect(take(block('src/sum.py', content), FILES)).toMatchObject({ writes: { 'src/sum.py': PY2 }, rejected: [] })
})

test.each([
  { what: 'a list in the place of other words', path: 'notes.txt', content: '1. two\n2. three\n' },
  { what: 'a table', path: 'notes.txt', content: '1 one 5\n2 two 6\n' },
  { what: 'numbers that are not in order', path: 'notes.txt', content: '1 one\n3 one\n' },
  { what: 'numbers alone', path: 'notes.txt', content: '1\n2\n3\n' },
])('$what is written as it is', ({ path, content }) => {
  expect(take(block(path, content), FILES)).toMatchObject({ writes: { [path]: content }, rejected: [] })
})

test('a file that has such numbers keeps them', () => {
  const content = '1 one\n2 two\n3 three\n'
  const files = { 'a.txt': '1 one\n2 two\n' }
  expect(take(block('a.txt', content), files)).toMatchObject({ writes: { 'a.txt': content } })
  // Numbers of another kind in front of them are left out.
  expect(take(block('a.txt', numbered(content, ' | ')), files)).toMatchObject({ writes: { 'a.txt': content } })
})

test('no-break spaces in the place of an indent are taken as blanks, if the file has none', () => {
  const content = PY2.replaceAll('    ', '\u00a0\u00a0 \u00a0')
  expect(take(block('src/sum.py', content), FILES)).toMatchObject({ writes: { 'src/sum.py': PY2 }, rejected: [] })
  const old = `name = "\u00a0"\n${PY2}`
  expect(take(block('a.py', `${old}\u00a0x\n`), { 'a.py': old })).toMatchObject({
    writes: { 'a.py': `${old}\u00a0x\n` },
  })
})

test.each([
  { what: 'the only line', files: { 'a.ts': 'const f = (a) => a - 1\n' }, content: 'const f = (a) =&gt; a + 1\n' },
  { what: 'all lines', files: { 'a.c': 'int a = b > 1;\nint c;\n' }, content: 'int a = b &gt; 2;\nint d;\n' },
])('signs as escapes for HTML are refused where $what changed', ({ files, content }) => {
  const [path = ''] = Object.keys(files)
  expect(take(block(path, content), files)).toMatchObject({ writes: {}, rejected: ['html-escaped'] })
})
