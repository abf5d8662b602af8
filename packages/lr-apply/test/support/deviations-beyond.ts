import type { Row } from './deviation-row.ts'
import { block } from './plan-in.ts'

const edit = (search: string) => block('a.ts', `<<<<<<< SEARCH\n${search}=======\nnew\n>>>>>>> REPLACE\n`)

/** Slips in SEARCH/REPLACE sections. */
export const EDITS: Row[] = [
  { code: 'edit-broken', reply: block('a.ts', '<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n'), refuses: 'a.ts' },
  { code: 'edit-not-found', reply: edit('other\n'), refuses: 'a.ts' },
  { code: 'edit-not-found', reply: edit('\n\n'), refuses: 'a.ts' },
  { code: 'edit-ambiguous', reply: edit('x\n'), files: { 'a.ts': 'x\ny\nx\n' }, refuses: 'a.ts' },
  { code: 'edit-blanks', reply: edit('old  \n'), writes: { 'a.ts': 'new\n' } },
]

const fence = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`

const patch = (lines: string) => `*** Begin Patch\n${lines}*** End Patch\n`
const move = (from: string, to: string, hunk = '') => patch(`*** Update File: ${from}\n*** Move to: ${to}\n${hunk}`)

const LONG = 'export function f() {\n  return 1\n}\nexport function g() {\n  return 2\n}\n'
const LONG_2 = LONG.replace('return 2', 'return 3')

/** The forms of other tools. */
export const FOREIGN: Row[] = [
  { code: 'fence-version', reply: `**a.ts**\n${fence('ts', 'new\n')}`, writes: { 'a.ts': 'new\n' }, explains: '' },
  { code: 'fence-version', reply: `c.ts\n${fence('ts', 'new\n')}`, operands: ['src'], writes: { 'src/c.ts': 'new\n' } },
  { code: 'no-name', reply: fence('ts', 'new\n'), operands: ['a.ts'], writes: { 'a.ts': 'new\n' } },
  { code: 'no-name', reply: fence('ts', 'new\n'), refuses: '' },
  ...[
    fence('ts', LONG_2),
    fence('diff', '@@ -5 +5 @@\n-  return 2\n+  return 3\n'),
    '<<<<<<< SEARCH\n  return 2\n=======\n  return 3\n>>>>>>> REPLACE\n',
    `<<<< <<<<\n${LONG_2}>>>>>>>>\n`,
    block('typescript', LONG_2),
  ].map((reply): Row => ({ code: 'no-name', reply, files: { 'd.ts': LONG }, writes: { 'd.ts': LONG_2 } })),
  { code: 'no-name', reply: fence('ts', LONG_2), files: { 'd.ts': LONG, 'e.ts': LONG }, refuses: '' },
  { code: 'fence-unclear', reply: fence('ts', 'x\n') + fence('ts', 'y\n'), refuses: null },
  { code: 'fence-unclear', reply: `${block('b.ts', 'x\n')}a.ts\n${fence('ts', 'new\n')}`, refuses: 'a.ts' },
  {
    code: 'snippet',
    reply: `a.ts\n${fence('ts', 'function f() {}\n')}`,
    files: { 'a.ts': 'function f() {\n}\nfunction g() {\n}\n' },
    refuses: 'a.ts',
  },
  { code: 'two-readings', reply: `a.ts\n${fence('ts', 'x\n')}a.ts\n${fence('ts', 'y\n')}`, refuses: 'a.ts' },
  { code: 'two-readings', reply: `a.ts\n${fence('ts', 'x\n')}./a.ts\n${fence('ts', 'y\n')}`, refuses: 'a.ts' },
  {
    code: 'two-readings',
    reply: `a.ts\n${fence('ts', 'x\n')}a.ts\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n`,
    refuses: 'a.ts',
  },
  {
    code: 'fence-version',
    reply: `Before, a.ts:\n\na.ts\n${fence('ts', 'old\n')}After:\n\na.ts\n${fence('ts', 'new\n')}`,
    writes: { 'a.ts': 'new\n' },
  },
  {
    code: 'duplicate',
    reply: `a.ts\n${fence('ts', 'new\n')}a.ts\n${fence('ts', 'new\n')}`,
    writes: { 'a.ts': 'new\n' },
  },
  {
    code: 'edit-outside',
    reply: 'a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n',
    writes: { 'a.ts': 'new\n' },
  },
  {
    code: 'two-readings',
    reply: `${block('a.ts', 'x\n')}a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n`,
    refuses: 'a.ts',
  },
  { code: 'hunks', reply: '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\n', writes: { 'a.ts': 'new\n' } },
  { code: 'deletion', reply: '*** Begin Patch\n*** Delete File: a.ts\n*** End Patch\n', refuses: 'a.ts' },
  {
    code: 'prose',
    reply: '*** Begin Patch\n*** Delete File: a.ts\n*** End Patch\n',
    options: { delete: true },
    writes: { 'a.ts': null },
  },
  { code: 'rename', reply: move('a.ts', 'new.ts'), refuses: 'a.ts' },
  ...[
    { to: 'new.ts', writes: { 'a.ts': null, 'new.ts': 'old\n' } },
    { to: 'aa.ts', writes: { 'a.ts': null, 'aa.ts': 'old\n' } },
    { to: 'src/a.ts', writes: { 'a.ts': null, 'src/a.ts': 'old\n' } },
    { to: 'new.ts', hunk: '@@\n-old\n+new\n', writes: { 'a.ts': null, 'new.ts': 'new\n' } },
  ].map(({ to, hunk, writes }): Row => ({
    code: 'rename',
    reply: move('a.ts', to, hunk),
    options: { delete: true },
    writes,
  })),
  ...[
    { code: 'rename', reply: move('a.ts', 'b.ts'), refuses: 'b.ts' },
    { code: 'rename', reply: move('a.ts', 'src/c.ts'), refuses: 'src/c.ts' },
    { code: 'two-readings', reply: block('new.ts', 'x\n') + move('a.ts', 'new.ts'), refuses: 'new.ts' },
    { code: 'deletion', reply: move('x1.ts', 'new.ts'), refuses: 'x1.ts' },
    { code: 'deletion', reply: move('a.ts', 'new.ts') + move('a.ts', 'third.ts'), refuses: 'a.ts' },
    { code: 'letter-case', reply: move('a.ts', 'A.ts'), refuses: 'A.ts' },
    { code: 'held-back', reply: move('a.ts', 'new.ts') + patch('*** Delete File: new.ts\n'), refuses: 'a.ts' },
    {
      code: 'held-back',
      reply: move('a.ts', 'new.ts') + patch('*** Update File: a.ts\n@@\n-old\n+x\n'),
      refuses: 'new.ts',
    },
    { code: 'edit-not-found', reply: move('a.ts', 'new.ts', '@@\n-x\n+y\n'), refuses: 'new.ts' },
    { code: 'traversal', reply: move('a.ts', '../new.ts'), refuses: '../new.ts' },
    { code: 'protected', reply: move('a.ts', 'tests/a.ts'), refuses: 'tests/a.ts' },
    { code: 'protected', reply: move('tests/x.ts', 'new.ts'), files: { 'tests/x.ts': '' }, refuses: 'tests/x.ts' },
    { code: 'ignored', reply: block('deleted', 'dist/x.js\n'), files: { 'dist/x.js': '' }, refuses: 'dist/x.js' },
    { code: 'ignored', reply: move('dist/x.js', 'x.js'), files: { 'dist/x.js': '' }, refuses: 'dist/x.js' },
  ].map((row): Row => ({ ...(row as Row), options: { delete: true, partial: true } })),
  { code: 'tool-call', reply: '<write_to_file>\n<path>a.ts</path>\n</write_to_file>\n', refuses: null },
  { code: 'xml-reply', reply: '<file path="a.ts">\nnew\n</file>\n', refuses: 'a.ts' },
  { code: 'shell-command', reply: fence('sh', 'cat > a.ts <<EOF\nnew\nEOF\n'), refuses: 'a.ts' },
  { code: 'fence-version', reply: `a.ts\n${fence('ts', 'new\n')}`, options: { strict: true }, refuses: 'a.ts' },
]

/** Files that are not as others are. */
export const FILES: Row[] = [
  {
    code: 'echoed',
    reply: block('a.ts', 'new\n') + block('test/a.test.ts', 'a test\n'),
    files: { 'test/a.test.ts': 'a test\n' },
    writes: { 'a.ts': 'new\n' },
    leaves: ['test/a.test.ts'],
  },
  { code: 'echoed', reply: block('b.ts', 'old\n'), operands: ['a.ts'], leaves: ['b.ts'] },
  { code: 'bad-name', reply: block('new./x.ts', 'x\n'), refuses: 'new./x.ts' },
  { code: 'hard-link', reply: block('linked.ts', 'new\n'), writes: { 'linked.ts': 'new\n' } },
  { code: 'read-only', reply: block('fixed.ts', 'new\n'), refuses: 'fixed.ts' },
  { code: 'binary', reply: `<<<< latin.ts <<<<\nnew\n${block('a.ts', 'new\n')}`, refuses: 'latin.ts' },
  { code: 'binary', reply: block('latin.ts', 'new\n'), refuses: 'latin.ts' },
]
