import {
  chmodSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { processMark } from '@loop-runner/cli-kit'
import { bash, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { apply } from './support/apply.ts'
import { block } from './support/plan-in.ts'

test('new versions are written, and what came of the reply is reported in order', async () => {
  using folder = tempFolder({ 'src/a.py': 'old\n', 'src/same.py': 'same\n' })
  const reply = [
    'Here you are.\n',
    block('src/a.py', 'new\n'),
    block('src/same.py', 'same\n'),
    block('src/deep/b.py', 'b\n'),
    'It was old.\n**No further improvements are possible.**\n',
    block('usage', '{"tokens":1}\n'),
  ].join('')
  const ran = await apply(folder.path, reply, ['src'])
  expect(ran).toMatchObject({ status: 0 })
  expect(ran.stdout).toBe(
    [
      block('changed', 'src/a.py\nsrc/deep/b.py\n'),
      block('unchanged', 'src/same.py\n'),
      block('declared', '**No further improvements are possible.**\n'),
      block('explanation', 'Here you are.\nIt was old.\n'),
      block('usage', '{"tokens":1}\n'),
    ].join(''),
  )
  expect(readFileSync(join(folder.path, 'src/a.py'), 'utf8')).toBe('new\n')
  expect(readFileSync(join(folder.path, 'src/deep/b.py'), 'utf8')).toBe('b\n')
})

test.each([
  { what: 'an empty reply', reply: '', blocks: {} },
  { what: 'prose', reply: 'I do not know.\n', blocks: { explanation: 'I do not know.\n' } },
  { what: 'nothing but the file as it is', reply: block('a.py', 'old\n'), blocks: { unchanged: 'a.py\n' } },
  {
    what: 'the declaration alone',
    reply: 'No further improvements possible\n',
    blocks: { declared: 'No further improvements possible\n' },
  },
])('$what changes nothing: status 1', async ({ reply, blocks }) => {
  using folder = tempFolder({ 'a.py': 'old\n' })
  expect(await apply(folder.path, reply)).toMatchObject({ status: 1, blocks })
})

test.each([
  '../x',
  '/etc/lr-x',
  '.git/hooks/x',
  '.GIT/config',
  'sub/.git/config',
  'lint.sh',
  'tests/test_a.py',
  'pyproject.toml',
  '.github/workflows/ci.yml',
  '.env',
  'package.json',
  'link/x.py',
  'link.py',
  'fifo-folder/',
])('%s is refused, and with it the whole reply', async (name) => {
  using folder = tempFolder({ 'a.py': 'old\n', 'lint.sh': 'exit 1\n', 'tests/test_a.py': 'assert 0\n' })
  using outside = tempFolder({ 'x.py': 'theirs\n' })
  symlinkSync(outside.path, join(folder.path, 'link'))
  symlinkSync(join(outside.path, 'x.py'), join(folder.path, 'link.py'))
  const ran = await apply(folder.path, block('a.py', 'new\n') + block(name, 'bad\n'))
  expect(ran.status).toBe(1)
  expect(ran.blocks['changed']).toBeUndefined()
  expect(ran.blocks['rejected']).toMatch(new RegExp(`^${name.replaceAll(/[.*]/g, '\\$&')}: .+\na.py: not written`))
  expect(readFileSync(join(folder.path, 'a.py'), 'utf8')).toBe('old\n')
  expect(readFileSync(join(outside.path, 'x.py'), 'utf8')).toBe('theirs\n')
  expect(existsSync(join(folder.path, '.git'))).toBe(false)
})

test.each([
  { what: 'a PATH that is the file', args: ['tests/test_a.py'], status: 0 },
  { what: '--allow', args: ['--allow', 'test_*.py'], status: 0 },
  { what: '--allow a folder', args: ['--allow', 'tests'], status: 0 },
  { what: 'a PATH that is its folder', args: ['tests'], status: 1 },
  {
    what: '--allow and --protect: what is allowed is allowed',
    args: ['--allow', 'tests', '--protect', 'a.py'],
    status: 0,
  },
])('a test with $what: status $status', async ({ args, status }) => {
  using folder = tempFolder({ 'tests/test_a.py': 'assert 0\n' })
  expect(await apply(folder.path, block('tests/test_a.py', 'assert 1\n'), args)).toMatchObject({ status })
})

test('--protect adds to what is protected', async () => {
  using folder = tempFolder({ 'src/judge.py': 'old\n' })
  const ran = await apply(folder.path, block('src/judge.py', 'new\n'), ['--protect', 'src/judge.py', 'src'])
  expect(ran).toMatchObject({
    status: 1,
    blocks: { rejected: expect.stringContaining('the check command or --protect names it') },
  })
})

test.each([
  { args: ['a.py'], name: 'b.py', status: 1 },
  { args: ['a.py', '--new'], name: 'b.py', status: 0 },
  { args: ['src'], name: 'b.py', status: 1 },
  { args: ['src'], name: 'src/b.py', status: 0 },
  { args: [], name: 'b.py', status: 0 },
  { args: ['b.py'], name: 'b.py', status: 0 },
  { args: ['src'], name: 'a.py', status: 1 },
  { args: ['src', '--any-file'], name: 'a.py', status: 0 },
])('with $args, $name is status $status', async ({ args, name, status }) => {
  using folder = tempFolder({ 'a.py': 'old\n', 'src/c.py': 'c\n' })
  expect(await apply(folder.path, block(name, 'new\n'), args)).toMatchObject({ status })
  expect(existsSync(join(folder.path, name)) && readFileSync(join(folder.path, name), 'utf8') === 'new\n').toBe(
    status === 0,
  )
})

test('a reply that is cut off changes nothing', async () => {
  using folder = tempFolder({ 'a.py': 'old\n', 'b.py': 'old\n' })
  const ran = await apply(folder.path, `${block('a.py', 'new\n')}<<<< b.py <<<<\nhalf\n`)
  expect(ran).toMatchObject({
    status: 1,
    blocks: { rejected: expect.stringContaining('b.py: the block is never closed') },
  })
  expect(readFileSync(join(folder.path, 'a.py'), 'utf8')).toBe('old\n')
})

test('--partial writes the good versions', async () => {
  using folder = tempFolder({ 'a.py': 'old\n' })
  const ran = await apply(folder.path, block('a.py', 'new\n') + block('../b.py', 'bad\n'), ['--partial'])
  expect(ran).toMatchObject({ status: 0, blocks: { changed: 'a.py\n' } })
})

test('the mode of a file stays, and a read-only one is refused', async () => {
  using folder = tempFolder({ 'a.sh': 'old\n', 'b.py': 'old\n' })
  chmodSync(join(folder.path, 'a.sh'), 0o750)
  chmodSync(join(folder.path, 'b.py'), 0o444)
  expect(await apply(folder.path, block('a.sh', 'new\n'))).toMatchObject({ status: 0 })
  expect(statSync(join(folder.path, 'a.sh')).mode & 0o777).toBe(0o750)
  expect(await apply(folder.path, block('b.py', 'new\n'))).toMatchObject({ status: 1 })
})

test('a file with several names is replaced, and that is said', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  linkSync(join(folder.path, 'a.txt'), join(folder.path, 'b.txt'))
  const ran = await apply(folder.path, block('a.txt', 'new\n'), ['-v'])
  expect(ran).toMatchObject({ status: 0, stderr: expect.stringContaining('[hard-link]') })
  expect(readFileSync(join(folder.path, 'b.txt'), 'utf8')).toBe('old\n')
})

test('a limit on the size of files leaves everything as it was', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n', reply: block('a.txt', `${'x'.repeat(50_000)}\n`) })
  const ran = await bash('ulimit -f 16; lr-apply a.txt < reply', {
    cwd: folder.path,
    env: { XDG_STATE_HOME: folder.path },
  })
  expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining('nothing was written') })
  expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('old\n')
  expect(readdirSync(folder.path).sort()).toEqual(['a.txt', 'loop-runner', 'reply'])
})

test('a file that is not UTF-8 is refused', async () => {
  using folder = tempFolder({ 'a.txt': Buffer.from([0xe9, 0x0a]) })
  const ran = await apply(folder.path, block('a.txt', 'é\n'))
  expect(ran).toMatchObject({ status: 1, blocks: { rejected: expect.stringContaining('not UTF-8') } })
})

test('an operand outside the working directory is wrong usage', async () => {
  using folder = tempFolder()
  expect(await apply(folder.path, '', ['../x'])).toMatchObject({ status: 2 })
})

test('a state folder that cannot be made is said with what to do', async () => {
  using folder = tempFolder({ 'a.py': 'old\n', file: '' })
  const ran = await apply(folder.path, block('a.py', 'new\n'), [], { XDG_STATE_HOME: join(folder.path, 'file') })
  expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining('XDG_STATE_HOME') })
  expect(readFileSync(join(folder.path, 'a.py'), 'utf8')).toBe('old\n')
})

test('a lock that is held is waited for; then it is status 4, and names the holder', async () => {
  using folder = tempFolder({ 'a.py': 'old\n' })
  await apply(folder.path, block('a.py', 'one\n'))
  const trees = join(folder.path, '.state/loop-runner/trees')
  const state = join(trees, readdirSync(trees)[0] ?? '')
  writeFileSync(join(state, 'lock'), JSON.stringify({ mark: processMark(), who: 'lr-git', since: 'now' }))
  const ran = await apply(folder.path, block('a.py', 'two\n'))
  expect(ran).toMatchObject({ status: 4, stderr: expect.stringContaining('lr-git') })
  writeFileSync(join(state, 'lock'), JSON.stringify({ mark: { ...processMark(), boot: 'gone' }, who: 'x', since: '' }))
  expect(await apply(folder.path, block('a.py', 'two\n'))).toMatchObject({ status: 0 })
  expect(readdirSync(state).sort()).toEqual(['applied', 'old'])
})

test('twelve replies for one tree at the same time: each is written', async () => {
  using folder = tempFolder()
  const names = Array.from({ length: 12 }, (_, index) => `f${index}.txt`)
  const all = await Promise.all(names.map((name) => apply(folder.path, block(name, 'new\n'), ['--new'])))
  expect(all).toEqual(names.map(() => expect.objectContaining({ status: 0, stderr: '' })))
  expect(readdirSync(folder.path).sort()).toEqual(['.state', ...names].sort())
})

test.each([
  { what: 'at the end', reply: block('a.txt', 'new\n') + block('usage', '{"tokens":1}\n') },
  {
    what: 'with something behind it',
    reply: `${block('a.txt', 'new\n')}${block('usage', '{"tokens":1}\n')}lr-llm: 1 s\n`,
  },
])('the usage block $what is passed on', async ({ reply }) => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  expect(await apply(folder.path, reply)).toMatchObject({ status: 0, blocks: { usage: '{"tokens":1}\n' }, stderr: '' })
})

test.each([
  { what: 'adds the newline', old: 'a\nb', hunk: '-b\n\\ No newline at end of file\n+b\n', next: 'a\nb\n' },
  { what: 'removes it', old: 'a\nb\n', hunk: '-b\n+b\n\\ No newline at end of file\n', next: 'a\nb' },
  {
    what: 'leaves it out',
    old: 'a\nb',
    hunk: '-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n',
    next: 'a\nc',
  },
  { what: 'changes the line and adds it', old: 'a\nb', hunk: '-b\n\\ No newline at end of file\n+c\n', next: 'a\nc\n' },
  { what: 'says nothing of it', old: 'a\nb', hunk: '-b\n+c\n', next: 'a\nc' },
])('a diff that $what at the end of a file', async ({ old, hunk, next }) => {
  const diff = `--- a/n.txt\n+++ b/n.txt\n@@ -2 +2 @@\n${hunk}`
  for (const reply of [diff, `\`\`\`diff\n${diff}\`\`\`\n`, block('n.txt', diff)]) {
    using folder = tempFolder({ 'n.txt': old })
    expect(await apply(folder.path, reply, ['n.txt'])).toMatchObject({ status: 0 })
    expect(readFileSync(join(folder.path, 'n.txt'), 'utf8')).toBe(next)
  }
})
