import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/cli-kit/testing'
import { type DeviationCode, DEVIATIONS } from '@loop-runner/reply-format'
import { describe, expect, test } from 'vitest'
import type { ApplyOptions } from './apply-options.ts'
import { block, planIn } from './testing/plan-in.ts'

interface Row {
  readonly code: DeviationCode
  readonly reply: string
  readonly files?: Readonly<Record<string, string>>
  readonly operands?: readonly string[]
  readonly options?: Partial<ApplyOptions>
  /** What is written; nothing unless said. */
  readonly writes?: Readonly<Record<string, string>>
  /** The finding's path; `null` where it has none. Only for what is refused. */
  readonly refuses?: string | null
  readonly declares?: string
  readonly explains?: string
}

const A = block('a.ts', 'new\n')
const NEW = { 'a.ts': 'new\n' }
const lines = (count: number, text = 'line') => Array.from({ length: count }, (_, n) => `${text} ${n}\n`).join('')
const PY = 'import os\ndef f():\n    return 1\n'

const AROUND: Row[] = [
  { code: 'prose', reply: `Here:\n${A}Done.\n`, writes: NEW, explains: 'Here:\nDone.\n' },
  { code: 'fence-around-reply', reply: `\`\`\`\nHere:\n${A}\`\`\`\n`, writes: NEW, explains: 'Here:\n' },
  { code: 'fence-around-block', reply: `Look:\n\`\`\`ts\n${A}\`\`\`\nSee?\n`, writes: NEW, explains: 'Look:\nSee?\n' },
  { code: 'fence-inside', reply: block('a.ts', '```ts\nnew\n```\n'), writes: NEW },
  { code: 'half-fence-inside', reply: block('a.ts', '```ts\nnew\n'), writes: NEW },
  { code: 'fence-name', reply: block('a.ts', '```ts b.ts\nnew\n```\n'), refuses: 'a.ts' },
  { code: 'reasoning', reply: `<think>\n${block('a.ts', 'draft\n')}</think>\n${A}`, writes: NEW },
  { code: 'reasoning', reply: `${block('a.ts', 'draft\n')}hm\n</think>\n${A}`, writes: NEW },
  { code: 'reasoning', reply: `<<<< a.ts <<<<\nhalf a draft\n</think>\n${A}`, writes: NEW },
  { code: 'reasoning-unclosed', reply: `<think>I will\n${A}`, refuses: null },
  { code: 'reasoning-glued', reply: `<think>hm</think><<<< a.ts <<<<\nnew\n>>>>>>>>\n`, writes: NEW },
  { code: 'html-escaped', reply: A.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), writes: NEW },
  { code: 'json-reply', reply: '{"files":[{"path":"a.ts","content":"new"}]}', refuses: null },
  { code: 'invisible-characters', reply: `\ufeff${A}`, writes: NEW },
  { code: 'carriage-returns', reply: A.replaceAll('\n', '\r\n'), writes: NEW },
  { code: 'carriage-returns', reply: A.replaceAll('\n', '\r'), writes: NEW },
  {
    code: 'indented',
    reply: `1. This:\n    <<<< a.ts <<<<\n    if (x)\n\n      y\n    >>>>>>>>\n`,
    writes: { 'a.ts': 'if (x)\n\n  y\n' },
  },
  { code: 'indented', reply: '  <<<< a.ts <<<<\nnew\n>>>>>>>>\n', writes: NEW },
  { code: 'indented', reply: `${block('b.ts', 'new\n')}  <<<< a.ts <<<<\n  new\n  >>>>>>>>\n`, refuses: 'a.ts' },
  { code: 'quoted', reply: '> <<<< a.ts <<<<\n> new\n>\n> x\n> >>>>>>>>\n', writes: { 'a.ts': 'new\n\nx\n' } },
  { code: 'empty-reply', reply: '' },
  { code: 'no-blocks', reply: 'Which version of Node do you use?\n', explains: 'Which version of Node do you use?\n' },
]

const NAMES: Row[] = [
  { code: 'width', reply: '<<< a.ts <<<\nnew\n>>>>>>\n', writes: NEW },
  { code: 'lopsided', reply: '<<<< a.ts <<\nnew\n>>>>>>>>\n', writes: NEW },
  { code: 'no-right-side', reply: '<<<< a.ts\nnew\n>>>>>>>>\n', writes: NEW },
  { code: 'wrong-way', reply: '<<<< a.ts >>>>\nnew\n>>>>>>>>\n', writes: NEW },
  { code: 'no-spaces', reply: '<<<<a.ts<<<<\nnew\n>>>>>>>>\n', writes: NEW },
  ...['`a.ts`:', '**a.ts**', "'a.ts'", '# a.ts', 'File: a.ts', 'a.ts:'].map((name): Row => ({
    code: 'decorated-name',
    reply: block(name, 'new\n'),
    writes: NEW,
  })),
  { code: 'note-in-name', reply: block('a.ts (updated)', 'new\n'), writes: NEW },
  { code: 'not-a-path', reply: block('python', 'x = 1\n'), refuses: 'python' },
  { code: 'not-a-path', reply: block('Here is the fix', 'x = 1\n'), refuses: 'Here is the fix' },
  { code: 'no-name', reply: '<<<< <<<<\nnew\n>>>>>>>>\n', operands: ['a.ts'], writes: NEW },
  { code: 'no-name', reply: '<<<< <<<<\nnew\n>>>>>>>>\n', refuses: '' },
  { code: 'line-range', reply: block('a.ts:10-20', 'new\n'), refuses: 'a.ts:10-20' },
  { code: 'rename', reply: block('a.ts -> b.ts', 'new\n'), refuses: 'a.ts -> b.ts' },
  { code: 'traversal', reply: block('../../.bashrc', 'new\n'), refuses: '../../.bashrc' },
  { code: 'absolute', reply: block('/etc/hosts', 'new\n'), refuses: '/etc/hosts' },
  { code: 'windows-name', reply: block('C:\\x.ts', 'new\n'), refuses: 'C:\\x.ts' },
  { code: 'windows-name', reply: block('CON', 'new\n'), refuses: 'CON' },
  { code: 'windows-name', reply: block('src\\c.ts', 'new\n'), writes: { 'src/c.ts': 'new\n' } },
  { code: 'symbolic-link', reply: block('link/x.ts', 'new\n'), refuses: 'link/x.ts' },
  { code: 'git-folder', reply: block('.git/hooks/pre-commit', 'new\n'), refuses: '.git/hooks/pre-commit' },
  { code: 'git-folder', reply: block('nested/x.ts', 'new\n'), refuses: 'nested/x.ts' },
  { code: 'ignored', reply: block('dist/a.js', 'new\n'), refuses: 'dist/a.js' },
  { code: 'not-a-file', reply: block('src/', 'new\n'), refuses: 'src/' },
  { code: 'not-a-file', reply: block('src', 'new\n'), refuses: 'src' },
  { code: 'not-a-file', reply: block('new.d', 'x\n') + block('new.d/x.ts', 'x\n'), refuses: 'new.d/x.ts' },
  { code: 'control-characters', reply: block('"a\\001.ts"', 'new\n'), refuses: 'a\u0001.ts' },
  { code: 'untidy-name', reply: block('./src//c.ts', 'new\n'), writes: { 'src/c.ts': 'new\n' } },
  { code: 'diff-prefix', reply: block('b/src/c.ts', 'new\n'), writes: { 'src/c.ts': 'new\n' } },
  { code: 'foreign-prefix', reply: block('path/to/src/c.ts', 'new\n'), writes: { 'src/c.ts': 'new\n' } },
  { code: 'base-name', reply: block('c.ts', 'new\n'), operands: ['src'], writes: { 'src/c.ts': 'new\n' } },
  { code: 'base-name', reply: block('c.ts', 'new\n'), refuses: 'c.ts' },
  { code: 'foreign-prefix', reply: block('lib/src/c.ts', 'new\n'), refuses: 'lib/src/c.ts' },
  { code: 'foreign-prefix', reply: block('lib/src/c.ts', 'new\n'), operands: ['src'], writes: { 'src/c.ts': 'new\n' } },
  { code: 'prose', reply: block('./lib/src/c.ts', 'new\n'), writes: { 'lib/src/c.ts': 'new\n' } },
  { code: 'base-name', reply: block('c.ts', 'new\n'), files: { 'lib/c.ts': '' }, refuses: 'c.ts' },
  { code: 'near-miss', reply: block('src/ad.ts', 'new\n'), files: { 'src/add.ts': '' }, refuses: 'src/ad.ts' },
  { code: 'letter-case', reply: block('SRC/C.ts', 'new\n'), writes: { 'src/c.ts': 'new\n' } },
  { code: 'letter-case', reply: block('Xyz.ts', '') + block('xyz.ts', ''), refuses: 'xyz.ts' },
  {
    code: 'encoded-name',
    reply: block('my%20file.ts', 'new\n'),
    files: { 'my file.ts': '' },
    writes: { 'my file.ts': 'new\n' },
  },
  {
    code: 'encoded-name',
    reply: block('my\\_file.ts', 'new\n'),
    files: { 'my_file.ts': '' },
    writes: { 'my_file.ts': 'new\n' },
  },
  {
    code: 'lookalike',
    reply: block('e\u0301.ts', 'new\n'),
    files: { '\u00e9.ts': '' },
    writes: { '\u00e9.ts': 'new\n' },
  },
  { code: 'lookalike', reply: block('x\u2011y.ts', 'new\n'), files: { 'x-y.ts': '' }, writes: { 'x-y.ts': 'new\n' } },
]

const CLOSERS: Row[] = [
  { code: 'closer-width', reply: '<<<< a.ts <<<<\nnew\n>>>>\nDone.\n', writes: NEW, explains: 'Done.\n' },
  {
    code: 'closer-width',
    reply: `<<<< a.ts <<<<\nnew\n>>>>>>\n${block('b.ts', 'b\n')}`,
    writes: { ...NEW, 'b.ts': 'b\n' },
  },
  { code: 'closer-words', reply: '<<<< a.ts <<<<\nnew\n>>>>>>>> a.ts\n', writes: NEW },
  { code: 'closer-words', reply: '<<<< a.ts <<<<\nnew\n>>>>>>>> done\n', writes: NEW },
  { code: 'closer-glued', reply: '<<<< a.ts <<<<\nnew>>>>>>>>\n', writes: NEW },
  { code: 'closer-missing', reply: `<<<< a.ts <<<<\nnew\n${block('b.ts', 'b\n')}`, writes: { ...NEW, 'b.ts': 'b\n' } },
  { code: 'nested-block', reply: `<<<< a.ts <<<<\nnew\n${block('unknown.ts', 'b\n')}`, refuses: 'a.ts' },
  { code: 'unclosed', reply: '<<<< a.ts <<<<\nnew\n', refuses: 'a.ts' },
  { code: 'cut-off', reply: `${A}${block('usage', '{"stop":"length"}\n')}`, refuses: null },
  { code: 'stray-closer', reply: `${A}>>>>>>>>\n`, writes: NEW },
]

const CONTENT: Row[] = [
  ...[
    '// ... rest unchanged ...',
    '# existing code here',
    '/* same as before */',
    '<!-- rest -->',
    '... rest of the file ...',
    '// (the rest of the code remains the same)',
    '# Rest of the function unchanged',
  ].map((line): Row => ({ code: 'elided', reply: block('a.ts', `new\n${line}\n`), refuses: 'a.ts' })),
  { code: 'dots', reply: block('a.ts', 'new\n    ...\n'), refuses: 'a.ts' },
  { code: 'shrunk', reply: block('long.ts', lines(90)), files: { 'long.ts': lines(400) }, refuses: 'long.ts' },
  { code: 'diff-inside', reply: block('a.ts', '@@ -1,3 +1,3 @@\n-old\n+new\n'), refuses: 'a.ts' },
  { code: 'edit', reply: block('a.ts', '<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n'), writes: NEW },
  {
    code: 'conflict-markers',
    reply: block('a.ts', '<<<<<<< HEAD\nold\n=======\nnew\n>>>>>>> main\n'),
    refuses: 'a.ts',
  },
  { code: 'line-numbers', reply: block('a.ts', '12| return x\n13| }\n'), writes: { 'a.ts': 'return x\n}\n' } },
  { code: 'empty', reply: block('a.ts', ''), refuses: 'a.ts' },
  { code: 'unchanged', reply: block('a.ts', 'old\n') },
  {
    code: 'nested-block',
    reply: `<<<< README.md <<<<\nSo:\n${block('a.ts', 'x\n')}end\n>>>>>>>>\n`,
    files: { 'README.md': 'So:\n' },
    refuses: 'README.md',
  },
  { code: 'line-ends', reply: block('crlf.ts', 'new\n'), files: { 'crlf.ts': 'x\r\ny' }, writes: { 'crlf.ts': 'new' } },
  { code: 'blank-edge', reply: block('a.ts', '\nnew\n\n'), writes: NEW },
  { code: 'shifted', reply: block('a.ts', '    new\n      x\n'), writes: { 'a.ts': 'new\n  x\n' } },
  {
    code: 'tabs-lost',
    reply: block('Makefile', 'all:\n    cc a.c\n'),
    files: { Makefile: 'all:\n\tcc b.c\n' },
    refuses: 'Makefile',
  },
  { code: 'typographic', reply: block('a.ts', '“new”\n'), writes: { 'a.ts': '“new”\n' } },
  {
    code: 'escaped-newlines',
    reply: block('x.py', 'import os\\ndef f():\\n    return 2\\n\n'),
    files: { 'x.py': PY },
    writes: { 'x.py': PY.replace('1', '2') },
  },
  { code: 'escaped-newlines', reply: block('x.py', 'a\\nb\\nc\\nd\n'), files: { 'x.py': PY }, refuses: 'x.py' },
  { code: 'chat-inside', reply: block('a.ts', 'Here is the updated file:\nnew\n'), refuses: 'a.ts' },
  {
    code: 'path-comment',
    reply: block('x.json', '// x.json\n{}\n'),
    files: { 'x.json': '{"a":1}\n' },
    refuses: 'x.json',
  },
  { code: 'terminal-codes', reply: block('a.ts', '\u001b[31mnew\u001b[0m\n'), writes: NEW },
  {
    code: 'binary',
    reply: block('logo.png', `${'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q'.repeat(2)}\n`),
    refuses: 'logo.png',
  },
  { code: 'repetition', reply: block('a.ts', 'return x\n'.repeat(200)), refuses: 'a.ts' },
  { code: 'secret', reply: block('a.ts', `key = "ghp_${'a1B2'.repeat(10)}"\n`), refuses: 'a.ts' },
]

const SEVERAL: Row[] = [
  { code: 'duplicate', reply: A + A, writes: NEW },
  { code: 'sent-twice', reply: block('a.ts', 'first\n') + A, writes: NEW },
  { code: 'split-file', reply: block('a.ts (1/2)', 'new\n'), refuses: 'a.ts (1/2)' },
  { code: 'not-offered', reply: block('b.ts', 'new\n'), operands: ['a.ts'], refuses: 'b.ts' },
  { code: 'not-offered', reply: block('brand-new.ts', 'x\n'), operands: ['a.ts'], refuses: 'brand-new.ts' },
  {
    code: 'protected',
    reply: block('test/a.test.ts', 'new\n'),
    files: { 'test/a.test.ts': '' },
    refuses: 'test/a.test.ts',
  },
  { code: 'too-much', reply: A + block('b.ts', 'b\n'), options: { 'max-files': 1 }, refuses: null },
  { code: 'too-much', reply: A, options: { 'max-size': 3 }, refuses: 'a.ts' },
  { code: 'deletion', reply: block('deleted', 'a.ts\n'), refuses: 'a.ts' },
  { code: 'role-block', reply: `${A}${block('stdout', '3 failed\n')}`, writes: NEW, explains: '3 failed\n' },
  { code: 'held-back', reply: A + block('../x.ts', 'x\n'), refuses: 'a.ts' },
]

const PHRASE = 'No further improvements possible'
const DECLARED: Row[] = [
  { code: 'declared', reply: `${PHRASE}\n`, declares: PHRASE },
  ...[`**No further improvements are possible.**`, `- ${PHRASE.toUpperCase()}!`, `# ${PHRASE}`, `"${PHRASE}."`].map(
    (line): Row => ({ code: 'declared-loosely', reply: `Fine.\n${line}\n`, declares: line, explains: 'Fine.\n' }),
  ),
  ...[
    `I can't say "${PHRASE}" yet`,
    `> ${PHRASE}`,
    `\`\`\`\n${PHRASE}\n\`\`\``,
    `${PHRASE}, but one`,
    `<think>\n${PHRASE}\n</think>`,
  ].map((text): Row => ({ code: 'not-declared', reply: `${text}\n` })),
  { code: 'not-declared', reply: block('a.ts', `${PHRASE}\n`), writes: { 'a.ts': `${PHRASE}\n` } },
  { code: 'declared-with-blocks', reply: `${A}${PHRASE}\n`, writes: NEW, declares: PHRASE },
]

const ROWS: Readonly<Record<string, Row[]>> = {
  'around the blocks': AROUND,
  'opener and name': NAMES,
  closer: CLOSERS,
  content: CONTENT,
  'several blocks': SEVERAL,
  'the phrase': DECLARED,
}

/** What nothing is noted of, because there is nothing to say. */
const SILENT = new Set<DeviationCode>([
  'prose',
  'fence-around-reply',
  'fence-around-block',
  'edit',
  'unchanged',
  'declared',
  'declared-loosely',
  'not-declared',
  'declared-with-blocks',
  'line-ends',
])

describe.each(Object.entries(ROWS))('%s', (_, rows) => {
  test.each(rows)('$code: $reply', async (row) => {
    using folder = tempFolder({
      'a.ts': 'old\n',
      'b.ts': 'old\n',
      'src/c.ts': 'old\n',
      '.gitignore': 'dist/\n',
      'nested/.git/HEAD': 'ref: refs/heads/main\n',
      ...row.files,
    })
    mkdirSync(join(folder.path, 'real'))
    symlinkSync('real', join(folder.path, 'link'))
    const plan = await planIn(folder.path, row.reply, row.operands, row.options)
    const written = Object.fromEntries(plan.changes.map(({ path, next }) => [path, next?.bytes.toString()]))
    expect(written).toEqual(row.writes ?? {})
    const refused = plan.rejected.filter(({ code }) => code === row.code)
    if (row.refuses === undefined) {
      expect(plan.rejected).toEqual([])
      if (!SILENT.has(row.code)) expect(plan.noted.map(({ code }) => code)).toContain(row.code)
    } else {
      expect(refused.map(({ path }) => path ?? null)).toContain(row.refuses)
      for (const { message } of plan.rejected) expect(message).toMatch(/^\S[^\n]+$/)
    }
    expect(plan.reply.declared).toBe(row.declares)
    if (row.explains !== undefined) expect(plan.reply.explanation).toBe(row.explains)
  })
})

test('every deviation has its row', () => {
  const shown = new Set(Object.values(ROWS).flatMap((rows) => rows.map(({ code }) => code)))
  const others: DeviationCode[] = [
    // The check's to say, or the loop's.
    'wrong-language',
    'echoed',
    'declared-early',
    // With tests of their own.
    'edit-broken',
    'edit-not-found',
    'edit-ambiguous',
    'edit-blanks',
    'bad-name',
    'hard-link',
    'read-only',
    'changed-meanwhile',
  ]
  expect(
    Object.keys(DEVIATIONS)
      .filter((code) => !shown.has(code as DeviationCode))
      .sort(),
  ).toEqual(others.sort())
  expect(Object.values(DEVIATIONS).flatMap((deviation) => ('number' in deviation ? deviation.number : []))).toEqual(
    Array.from({ length: 86 }, (_, index) => index + 1),
  )
})
