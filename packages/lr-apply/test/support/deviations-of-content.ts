import { NO_NEWLINE_MARKER } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import { A, NEW, type Row } from './deviation-row.ts'
import { block } from './plan-in.ts'

const lines = (count: number, text = 'line') => Array.from({ length: count }, (_, n) => `${text} ${n}\n`).join('')
const KEY = `key = "ghp_${'a1B2'.repeat(10)}"\n`
const PY = 'import os\ndef f():\n    return 1\n'
/** Roles that mean nothing in a reply; a diff is read as one. */
const QUOTED = Object.values(ROLE).filter((role) => !/^(?:|show|blocked|diff)$/.test(role))

/** Slips within the content of a block. */
export const CONTENT: Row[] = [
  ...[
    '// ... rest unchanged ...',
    '# existing code here',
    '/* same as before */',
    '<!-- rest -->',
    '... rest of the file ...',
    '// (the rest of the code remains the same)',
    '# Rest of the function unchanged',
    `// ... the rest of the code${' of this module'.repeat(4)} is unchanged`,
  ].map((line): Row => ({ code: 'elided', reply: block('a.ts', `new\n${line}\n`), refuses: 'a.ts' })),
  {
    code: 'elided',
    reply: block('a.ts', '// ...\n// rest unchanged\n'),
    files: { 'a.ts': '// ...\nold\n' },
    refuses: 'a.ts',
  },
  { code: 'dots', reply: block('a.ts', 'new\n    ...\n'), refuses: 'a.ts' },
  { code: 'shrunk', reply: block('long.ts', lines(90)), files: { 'long.ts': lines(400) }, refuses: 'long.ts' },
  {
    code: 'shrunk',
    reply: block('wide.ts', 'x\n'),
    files: { 'wide.ts': `${'wide '.repeat(900)}\n` },
    refuses: 'wide.ts',
  },
  { code: 'diff-inside', reply: block('a.ts', 'x\n@@ -1,3 +1,3 @@\n-old\n+new\n'), refuses: 'a.ts' },
  { code: 'hunks', reply: block('a.ts', '@@ -1,3 +1,3 @@\n-old\n+new\n'), writes: NEW },
  { code: 'edit', reply: block('a.ts', '<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n'), writes: NEW },
  {
    code: 'conflict-markers',
    reply: block('a.ts', '<<<<<<< HEAD\nold\n=======\nnew\n>>>>>>> main\n'),
    refuses: 'a.ts',
  },
  { code: 'line-numbers', reply: block('a.ts', '12| return x\n13| }\n'), writes: { 'a.ts': 'return x\n}\n' } },
  { code: 'prose', reply: block('a.ts', '12| x\n15| y\n'), writes: { 'a.ts': '12| x\n15| y\n' } },
  { code: 'empty', reply: block('a.ts', ''), refuses: 'a.ts' },
  { code: 'unchanged', reply: block('a.ts', 'old\n'), leaves: ['a.ts'] },
  {
    code: 'nested-block',
    reply: `<<<< README.md <<<<\nSo:\n${block('a.ts', 'x\n')}end\n>>>>>>>>\n`,
    files: { 'README.md': 'So:\n' },
    refuses: 'README.md',
  },
  {
    code: 'prose',
    reply: block('README.md', `So:\n<<<< a.ts <<<<\nx\n<<<< a.ts <<<<\n`),
    files: { 'README.md': 'So:\n<<<< a.ts <<<<\n' },
    writes: { 'README.md': 'So:\n<<<< a.ts <<<<\nx\n<<<< a.ts <<<<\n' },
  },
  {
    code: 'prose',
    reply: '<<<<<<<< a.ts <<<<<<<<\n<<<< b.ts <<<<\n>>>>>>>>>>>>>>>>\n',
    writes: { 'a.ts': '<<<< b.ts <<<<\n' },
  },
  ...[block('a.ts', `new\n${NO_NEWLINE_MARKER}\n`), `${A}${NO_NEWLINE_MARKER}\n`].map((reply): Row => ({
    code: 'line-ends',
    reply,
    writes: { 'a.ts': 'new' },
  })),
  { code: 'line-ends', reply: block('crlf.ts', 'new\n'), files: { 'crlf.ts': 'x\r\ny' }, writes: { 'crlf.ts': 'new' } },
  { code: 'blank-edge', reply: block('a.ts', '\nnew\n\n'), writes: NEW },
  { code: 'shifted', reply: block('a.ts', '    new\n\n    x\n'), writes: { 'a.ts': 'new\n\nx\n' } },
  { code: 'shifted', reply: block('a.ts', '    new\n      x\n'), writes: { 'a.ts': 'new\n  x\n' } },
  {
    code: 'tabs-lost',
    reply: block('Makefile', 'all:\n    cc a.c\n'),
    files: { Makefile: 'all:\n\tcc b.c\n' },
    refuses: 'Makefile',
  },
  {
    code: 'tabs-lost',
    reply: block('a.go', 'func f() {\n    g()\n}\n'),
    files: { 'a.go': 'func f() {\n\th()\n}\n' },
    writes: { 'a.go': 'func f() {\n    g()\n}\n' },
  },
  { code: 'typographic', reply: block('a.ts', '“new”\n'), writes: { 'a.ts': '“new”\n' } },
  {
    code: 'escaped-newlines',
    reply: block('x.py', 'import os\\ndef f():\\n    return 2\\n\n'),
    files: { 'x.py': PY },
    writes: { 'x.py': PY.replace('1', '2') },
  },
  { code: 'escaped-newlines', reply: block('x.py', 'a\\nb\\nc\\nd\n'), files: { 'x.py': PY }, refuses: 'x.py' },
  { code: 'escaped-newlines', reply: block('new.ts', 'a\\nb\\nc\\nd\n'), refuses: 'new.ts' },
  {
    code: 'escaped-newlines',
    reply: block('x.py', `${JSON.stringify(PY.replace('1', '2'))}\n`),
    files: { 'x.py': PY },
    writes: { 'x.py': PY.replace('1', '2') },
  },
  { code: 'escaped-newlines', reply: block('x.py', '"a = 1\\nb = 2\\n"\n'), files: { 'x.py': PY }, refuses: 'x.py' },
  { code: 'escaped-newlines', reply: block('new.py', '"a = 1\\n"\n'), refuses: 'new.py' },
  {
    code: 'escaped-newlines',
    reply: block('t.md', '"# Title\\n\\nother\\n"\n'),
    files: { 't.md': '# T\n\ntext\n' },
    refuses: 't.md',
  },
  {
    code: 'escaped-newlines',
    reply: block('x.json', `${JSON.stringify('{\n  "a": 2\n}\n')}\n`),
    files: { 'x.json': '{\n  "a": 1\n}\n' },
    writes: { 'x.json': '{\n  "a": 2\n}\n' },
  },
  {
    code: 'prose',
    reply: block('x.json', '"c\\nd"\n'),
    files: { 'x.json': '"a\\nb"\n' },
    writes: { 'x.json': '"c\\nd"\n' },
  },
  {
    code: 'prose',
    reply: block('new.ts', 'print("a\\nb\\nc\\nd")\n'),
    writes: { 'new.ts': 'print("a\\nb\\nc\\nd")\n' },
  },
  { code: 'chat-inside', reply: block('a.ts', 'Here is the updated file:\nnew\n'), refuses: 'a.ts' },
  {
    code: 'path-comment',
    reply: block('x.json', '// x.json\n{}\n'),
    files: { 'x.json': '{"a":1}\n' },
    refuses: 'x.json',
  },
  { code: 'prose', reply: block('src/c.ts', '// c.ts\nnew\n'), writes: { 'src/c.ts': '// c.ts\nnew\n' } },
  { code: 'terminal-codes', reply: block('a.ts', '\u001b[31mnew\u001b[0m\n'), writes: NEW },
  {
    code: 'binary',
    reply: block('logo.png', `${'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q'.repeat(2)}\n`),
    refuses: 'logo.png',
  },
  { code: 'wrong-language', reply: block('a.ts', '<html>\n'), writes: { 'a.ts': '<html>\n' }, leftTo: 'the check' },
  { code: 'repetition', reply: block('a.ts', 'return x\n'.repeat(200)), refuses: 'a.ts' },
  { code: 'secret', reply: block('a.ts', KEY), refuses: 'a.ts' },
  { code: 'prose', reply: block('a.ts', KEY), options: { 'allow-secrets': true }, writes: { 'a.ts': KEY } },
  {
    code: 'prose',
    reply: block('a.ts', `new\n${KEY}`),
    files: { 'a.ts': KEY },
    writes: { 'a.ts': `new\n${KEY}` },
  },
]

/** 2.5. */
export const SEVERAL: Row[] = [
  { code: 'duplicate', reply: A + A, writes: NEW },
  { code: 'sent-twice', reply: block('a.ts', 'first\n') + A, writes: NEW },
  { code: 'split-file', reply: block('a.ts (1/2)', 'new\n'), refuses: 'a.ts (1/2)' },
  { code: 'echoed', reply: A + block('b.ts', 'old\n'), writes: NEW, leaves: ['b.ts'] },
  { code: 'not-offered', reply: block('b.ts', 'new\n'), operands: ['a.ts'], refuses: 'b.ts' },
  { code: 'not-offered', reply: block('brand-new.ts', 'x\n'), operands: ['a.ts'], refuses: 'brand-new.ts' },
  {
    code: 'protected',
    reply: block('test/a.test.ts', 'new\n'),
    files: { 'test/a.test.ts': '' },
    refuses: 'test/a.test.ts',
  },
  { code: 'protected', reply: A, options: { protect: ['a.*'] }, refuses: 'a.ts' },
  {
    code: 'prose',
    reply: block('test/a.test.ts', 'new\n'),
    options: { allow: ['test/**'] },
    writes: { 'test/a.test.ts': 'new\n' },
  },
  ...[
    '.venv/lib/x.py',
    'node_modules/x/index.js',
    'web/node_modules/.bin/tsc',
    'venv/bin/python',
    'a/site-packages/x.py',
  ].map((path): Row => ({ code: 'protected', reply: block(path, 'x\n'), refuses: path })),
  {
    code: 'prose',
    reply: block('node_modules/x.js', 'x\n'),
    options: { allow: ['node_modules/**'] },
    writes: { 'node_modules/x.js': 'x\n' },
  },
  { code: 'too-much', reply: A + block('b.ts', 'b\n'), options: { 'max-files': 1 }, refuses: null },
  { code: 'too-much', reply: A, options: { 'max-size': 3 }, refuses: 'a.ts' },
  { code: 'too-much', reply: block('a.ts', 'longer\n'), options: { 'max-size': 5 }, refuses: 'a.ts' },
  { code: 'deletion', reply: block('deleted', 'a.ts\n'), refuses: 'a.ts' },
  { code: 'deletion', reply: block('deleted', 'x.ts\n'), options: { delete: true }, refuses: 'x.ts' },
  { code: 'deletion', reply: A + block('deleted', 'a.ts\n'), options: { delete: true }, refuses: 'a.ts' },
  { code: 'deletion', reply: block('deleted', 'a.ts\n') + A, options: { delete: true }, refuses: 'a.ts' },
  { code: 'prose', reply: block('deleted', '\na.ts\n'), options: { delete: true }, writes: { 'a.ts': null } },
  { code: 'role-block', reply: `${A}${block('stdout', '3 failed\n')}`, writes: NEW, explains: '3 failed\n' },
  {
    code: 'role-block',
    reply: `${A}${block('explanation', 'Why.\n')}${NO_NEWLINE_MARKER}\n`,
    writes: NEW,
    explains: 'Why.\n',
  },
  ...QUOTED.map((role): Row => ({
    code: 'role-block',
    reply: A + block(role, 'Why.\n'),
    writes: NEW,
    explains: 'Why.\n',
  })),
  { code: 'role-block', reply: `${A}${block('usage', '3\n')}Done.\n`, writes: NEW, explains: '3\nDone.\n' },
  { code: 'held-back', reply: A + block('../x.ts', 'x\n'), refuses: 'a.ts' },
  {
    code: 'traversal',
    reply: A + block('../x.ts', 'x\n'),
    options: { partial: true },
    writes: NEW,
    refuses: '../x.ts',
  },
  {
    code: 'held-back',
    reply: `${A}${block('usage', '{"stop":"length"}\n')}`,
    options: { partial: true },
    refuses: 'a.ts',
  },
  { code: 'decorated-name', reply: block('`a.ts`:', 'new\n'), options: { strict: true }, refuses: 'a.ts' },
]

const PHRASE = 'No further improvements possible'
/** 2.5. */
export const DECLARED: Row[] = [
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
  { code: 'declared-with-blocks', reply: `${A}${PHRASE}\n`, writes: NEW, declares: PHRASE, leftTo: 'the check' },
  {
    code: 'declared-early',
    reply: `${block('outcome', 'failed\n')}${PHRASE}\n`,
    declares: PHRASE,
    explains: 'failed\n',
    leftTo: 'the loop',
  },
]
