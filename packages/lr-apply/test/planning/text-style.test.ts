import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeBlock } from '@loop-runner/block-format'
import { tempFolder } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readText, writeText } from '../../src/planning/text-style.ts'
import { block, planIn } from '../support/plan-in.ts'

const BOM = '\ufeff'
const MARKER = '\\ No newline at end of file\n'

test.each([
  { style: 'LF', old: 'a\nb\n', reply: 'a\nB\n', next: 'a\nB\n' },
  { style: 'CR LF', old: 'a\r\nb\r\n', reply: 'a\nB\n', next: 'a\r\nB\r\n' },
  { style: 'CR', old: 'a\rb\r', reply: 'a\nB\n', next: 'a\rB\r' },
  { style: 'mostly LF', old: 'a\nb\r\nc\nd\n', reply: 'a\nb\nC\nd\n', next: 'a\nb\r\nC\nd\n' },
  { style: 'mostly CR LF', old: 'a\r\nb\nc\r\nd\r\n', reply: 'a\nb\nC\nd\n', next: 'a\r\nb\nC\r\nd\r\n' },
  { style: 'mixed, lines moved', old: 'a\nb\r\nc\nd\n', reply: 'c\nb\na\n', next: 'c\nb\r\na\n' },
  { style: 'a lone CR', old: 'a\rb\nc\n', reply: 'a\nb\nC\n', next: 'a\rb\nC\n' },
  { style: 'a byte-order mark', old: `${BOM}a\n`, reply: 'A\n', next: `${BOM}A\n` },
  { style: 'a byte-order mark, sent back', old: `${BOM}a\n`, reply: `${BOM}A\n`, next: `${BOM}A\n` },
  { style: 'a byte-order mark that was not there', old: 'a\n', reply: `${BOM}A\n`, next: 'A\n' },
  { style: 'a byte-order mark and CR LF', old: `${BOM}a\r\nb`, reply: 'A\nb\n', next: `${BOM}A\r\nb` },
  { style: 'no final newline', old: 'a\nb', reply: 'a\nB\n', next: 'a\nB' },
  { style: 'no final newline, CR LF', old: 'a\r\nb', reply: 'A\nb\n', next: 'A\r\nb' },
  { style: 'no final newline, and nothing else to change', old: 'a\nb', reply: 'a\nb\n', next: 'a\nb\n' },
  { style: 'blank lines at the end', old: 'a\n\n\n', reply: 'A\n\n\n', next: 'A\n\n\n' },
  { style: 'nothing', old: '', reply: 'a\n', next: 'a\n' },
  { style: 'a newline only', old: '\n', reply: 'a\n', next: 'a\n' },
  {
    style: 'one line of a megabyte',
    old: `${'x'.repeat(1e6)}\n`,
    reply: `${'y'.repeat(1e6)}\n`,
    next: `${'y'.repeat(1e6)}\n`,
  },
  { style: 'tabs, form feeds and blanks at line ends', old: '\ta \f\n', reply: '\tA \f\n', next: '\tA \f\n' },
  { style: 'characters beyond the first plane', old: '😀\n', reply: '😀é日\n', next: '😀é日\n' },
  {
    style: 'line separators of Unicode',
    old: 'a\u2028b\u0085c\n',
    reply: 'a\u2028B\u0085c\n',
    next: 'a\u2028B\u0085c\n',
  },
])('a file with $style keeps it', async ({ old, reply, next }) => {
  using folder = tempFolder({ 'a.txt': old })
  const plan = await planIn(folder.path, block('a.txt', reply))
  expect(plan.rejected).toEqual([])
  expect(plan.changes.map((change) => change.next?.bytes.toString())).toEqual([next])
})

test.each([
  { what: 'behind the block', reply: `${block('a.txt', 'A\n')}${MARKER}` },
  { what: 'inside the block', reply: block('a.txt', `A\n${MARKER}`) },
])('the marker line $what is obeyed', async ({ reply }) => {
  using folder = tempFolder({ 'a.txt': 'a\n' })
  const plan = await planIn(folder.path, reply)
  expect(plan.changes.map((change) => change.next?.bytes.toString())).toEqual(['A'])
})

test.each([
  { config: { '.editorconfig': 'root = true\n[*.txt]\nend_of_line = crlf\n' }, next: 'a\r\nb\r\n' },
  { config: { '.editorconfig': '[*]\nend_of_line=lf\n[deep/**.txt]\nEnd_Of_Line = CRLF\n' }, next: 'a\r\nb\r\n' },
  { config: { '.editorconfig': '[*.{txt,md}]\ncharset = utf-8-bom\n' }, next: `${BOM}a\nb\n` },
  { config: { '.editorconfig': '[*.md]\nend_of_line = crlf\n' }, next: 'a\nb\n' },
  {
    config: { '.editorconfig': '[*]\nend_of_line = crlf\n', 'deep/.editorconfig': 'root=true\n; none\n' },
    next: 'a\nb\n',
  },
  { config: { '.gitattributes': '*.txt text eol=crlf\n' }, next: 'a\r\nb\r\n' },
  { config: { '.gitattributes': '* eol=crlf\n', 'deep/.gitattributes': '# here\n*.txt eol=lf\n' }, next: 'a\nb\n' },
  { config: { '.editorconfig': '[*]\nend_of_line = lf\n', '.gitattributes': '* eol=crlf\n' }, next: 'a\nb\n' },
  { config: {}, next: 'a\nb\n' },
])('a new file follows $config', async ({ config, next }) => {
  using folder = tempFolder({ ...config, '.git/HEAD': '' })
  const plan = await planIn(folder.path, block('deep/new.txt', 'a\nb\n'))
  expect(plan.changes.map((change) => change.next?.bytes.toString())).toEqual([next])
})

test('whatever a file holds, sending it back as it is changes nothing', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\t',
      '>>>>>>>>',
      '<<<< a <<<<',
      '```',
      '...',
      '// ... rest',
      '<<<<<<< HEAD',
      '1| x',
      '@@ -1 +1 @@',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  const end = fc.constantFrom('\n', '\n', '\r\n', 'a\rb\n')
  const text = fc
    .tuple(fc.constantFrom('', BOM), fc.array(fc.tuple(line, end), { maxLength: 8 }), fc.constantFrom('', 'x'))
    .map(([bom, lines, last]) => bom + lines.map((parts) => parts.join('')).join('') + last)
  using folder = tempFolder()
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      writeFileSync(join(folder.path, 'a.txt'), content)
      const plan = await planIn(folder.path, writeBlock({ name: 'a.txt', content }))
      expect(plan.rejected).toEqual([])
      expect(plan.changes.map((change) => change.next?.bytes.toString())).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('a text is written as it was read', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\r', '\n', '\r\n', '\ufeff'), { maxLength: 12 })
  fc.assert(
    fc.property(text, (pieces) => {
      const bytes = Buffer.from(pieces.join(''))
      const read = readText(bytes)
      const lines = read?.text.split(/\r\n|\n|\r/) ?? []
      const content = lines.map((line) => `${line}\n`).join('')
      const mark = read?.style.hasByteOrderMark ? BOM : ''
      const whole = read?.text === '' || read?.style.endsWithNewline ? content.slice(0, -1) : content
      expect(read && writeText(mark + whole, read.style, read.style.endsWithNewline).toString()).toBe(bytes.toString())
    }),
    { numRuns: 20_000 },
  )
})
