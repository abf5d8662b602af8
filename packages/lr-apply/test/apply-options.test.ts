import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { writeBlock } from '@loop-runner/block-format'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '@loop-runner/file-transaction'
import { apply } from './support/apply.ts'
import { block } from './support/plan-in.ts'
import { writeDiff } from '../src/diff/unified-diff.ts'

const read = (folder: { path: string }, name: string) => readFileSync(join(folder.path, name), 'utf8')

describe('--dry-run', () => {
  test.skipIf(!hasProgram('git'))('writes nothing, and prints what git apply takes (git)', async () => {
    const files = { 'a.py': 'one\r\ntwo\r\n', 'my file.txt': 'x', 'gone.txt': 'bye\n' }
    using folder = tempFolder(files)
    chmodSync(join(folder.path, 'a.py'), 0o755)
    const reply = [
      block('a.py', 'one\nTWO\n'),
      block('my file.txt', 'y\n'),
      block('new/empty.txt', ''),
      block('new/b.txt', 'b\n'),
      block('deleted', 'gone.txt\n'),
    ].join('')
    const ran = await apply(folder.path, reply, ['-n', '--delete'])
    expect(ran).toMatchObject({ status: 0, blocks: { changed: expect.stringContaining('a.py\n') } })
    expect(existsSync(join(folder.path, '.state'))).toBe(false)
    expect(read(folder, 'a.py')).toBe('one\r\ntwo\r\n')
    const diff = ran.blocks['diff'] ?? ''
    expect(await run('git', ['apply', '-'], { cwd: folder.path, stdin: diff })).toMatchObject({ status: 0, stderr: '' })
    expect(read(folder, 'a.py')).toBe('one\r\nTWO\r\n')
    expect(read(folder, 'my file.txt')).toBe('y')
    expect(read(folder, 'new/b.txt')).toBe('b\n')
    expect(read(folder, 'new/empty.txt')).toBe('')
    expect(existsSync(join(folder.path, 'gone.txt'))).toBe(false)
    expect(statSync(join(folder.path, 'a.py')).mode & 0o111).not.toBe(0)
  })

  test.skipIf(!hasProgram('git'))('git apply takes it in a sub-folder of a repository too (git)', async () => {
    using folder = tempFolder({ 'sub/deep/a.py': 'one\n', 'sub/new.txt': '' })
    const cwd = join(folder.path, 'sub')
    expect(await run('git', ['init', '-q'], { cwd: folder.path })).toMatchObject({ status: 0 })
    const { blocks } = await apply(cwd, block('deep/a.py', 'two\n'), ['-n'])
    expect(blocks['diff']).toContain('+++ b/sub/deep/a.py\n')
    expect(await run('git', ['apply', '-'], { cwd, stdin: blocks['diff'] ?? '' })).toMatchObject({ status: 0 })
    expect(read(folder, 'sub/deep/a.py')).toBe('two\n')
  })

  test.skipIf(!hasProgram('git'))('git apply makes of the diff of any two texts the second (git)', async () => {
    const line = fc.constantFrom('a', 'b', 'c', '', ' ', '-', '+', '@@', '\\', 'a\r')
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', ''))
      .map(([lines, end]) => lines.join('\n') + end)
    const pairs = fc.sample(fc.tuple(text, text), 300).filter(([left, right]) => left !== right)
    using folder = tempFolder(Object.fromEntries(pairs.map(([left], index) => [`f${index}`, left])))
    const changes = pairs.map(([left, right], index): Change => ({
      path: `f${index}`,
      old: { bytes: Buffer.from(left), mode: 0o644 },
      next: { bytes: Buffer.from(right), mode: 0o644 },
    }))
    const ran = await run('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder.path,
      stdin: writeDiff(changes, ''),
    })
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    for (const [index, [, right]] of pairs.entries()) expect(read(folder, `f${index}`)).toBe(right)
  })

  test('files that have nothing in common are one hunk', () => {
    const text = (word: string) =>
      Buffer.from(Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join(''))
    const [left, right] = [text('old'), text('new')]
    const diff = writeDiff([{ path: 'a', old: { bytes: left, mode: 0o644 }, next: { bytes: right, mode: 0o644 } }], '')
    expect(diff).toMatch(/^diff --git a\/a b\/a\n--- a\/a\n\+\+\+ b\/a\n@@ -1,5000 \+1,5000 @@\n/)
  })
})

describe('--undo', () => {
  test('takes replies back, the last one first', async () => {
    using folder = tempFolder({ 'a.sh': 'zero\n', 'gone.txt': 'bye\n' })
    chmodSync(join(folder.path, 'a.sh'), 0o700)
    await apply(folder.path, block('a.sh', 'one\n') + block('new/b.txt', 'b\n'))
    await apply(folder.path, block('a.sh', 'two\n') + block('deleted', 'gone.txt\n'), ['--delete'])
    expect(await apply(folder.path, '', ['--undo'])).toMatchObject({
      status: 0,
      blocks: { changed: 'a.sh\ngone.txt\n' },
    })
    expect([read(folder, 'a.sh'), read(folder, 'gone.txt')]).toEqual(['one\n', 'bye\n'])
    expect(await apply(folder.path, '', ['--undo'])).toMatchObject({
      status: 0,
      blocks: { changed: 'a.sh\nnew/b.txt\n' },
    })
    expect(read(folder, 'a.sh')).toBe('zero\n')
    expect(statSync(join(folder.path, 'a.sh')).mode & 0o777).toBe(0o700)
    expect(existsSync(join(folder.path, 'new'))).toBe(false)
    expect(await apply(folder.path, '', ['--undo'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'lr-apply: no applied reply to undo here\n',
    })
  })

  test.each([
    { count: '2', status: 0, left: 'one\n', says: '' },
    { count: '3', status: 0, left: 'zero\n', says: '' },
    { count: '5', status: 0, left: 'zero\n', says: 'lr-apply: only 3 of 5 replies were undone\n' },
  ])('--undo $count takes as many back as there are', async ({ count, status, left, says }) => {
    using folder = tempFolder({ 'a.txt': 'zero\n' })
    for (const text of ['one\n', 'two\n', 'three\n']) await apply(folder.path, block('a.txt', text))
    expect(await apply(folder.path, '', ['--undo', count])).toMatchObject({
      status,
      stderr: says,
      blocks: { changed: 'a.txt\n' },
    })
    expect(read(folder, 'a.txt')).toBe(left)
  })

  test('takes back only replies of the run in LR_RUN_DIR', async () => {
    using folder = tempFolder({ 'a.txt': 'zero\n', 'b.txt': 'zero\n' })
    const [first, second] = ['/runs/1', '/runs/2'].map((LR_RUN_DIR) => ({ LR_RUN_DIR }))
    await apply(folder.path, block('a.txt', 'first\n'), [], first)
    await apply(folder.path, block('b.txt', 'by hand\n'))
    expect(await apply(folder.path, '', ['--undo'], second)).toMatchObject({ status: 1, stdout: '' })
    expect(await apply(folder.path, '', ['--undo'], first)).toMatchObject({ status: 0, blocks: { changed: 'a.txt\n' } })
    expect(await apply(folder.path, '', ['--undo'], first)).toMatchObject({ status: 1, stdout: '' })
    expect([read(folder, 'a.txt'), read(folder, 'b.txt')]).toEqual(['zero\n', 'by hand\n'])
    expect(await apply(folder.path, '', ['--undo'])).toMatchObject({ status: 0, blocks: { changed: 'b.txt\n' } })
  })

  test('stops at a file that has changed since', async () => {
    using folder = tempFolder({ 'a.txt': 'old\n', 'b.txt': 'old\n' })
    await apply(folder.path, block('a.txt', 'new\n') + block('b.txt', 'new\n'))
    writeFileSync(join(folder.path, 'b.txt'), 'theirs\n')
    expect(await apply(folder.path, '', ['--undo'])).toMatchObject({
      status: 1,
      blocks: { rejected: expect.stringContaining('b.txt: changed since') },
    })
    expect([read(folder, 'a.txt'), read(folder, 'b.txt')]).toEqual(['new\n', 'theirs\n'])
  })

  test.each([['a'], ['0'], ['-1'], ['1', 'a'], ['1.5']])('takes a number and no PATH: %s', async (...operands) => {
    using folder = tempFolder()
    expect(await apply(folder.path, '', ['--undo', '--', ...operands])).toMatchObject({ status: 2 })
  })

  test('knows the last fifty replies', async () => {
    using folder = tempFolder({ 'a.txt': '0\n' })
    const script = `for i in $(seq 1 62); do printf '<<<< a.txt <<<<\\n%s\\n>>>>>>>>\\n' $i | lr-apply -q > /dev/null || exit 9; done`
    expect(
      await bash(script, { cwd: folder.path, env: { XDG_STATE_HOME: join(folder.path, '.state') } }),
    ).toMatchObject({ status: 0 })
    const count = await bash(
      'ls .state/loop-runner/trees/*/applied | wc -l; ls .state/loop-runner/trees/*/old | wc -l',
      { cwd: folder.path },
    )
    expect(count.stdout).toMatch(/^5\d\n5\d\n$/)
  })
})

test('--json gives every finding its code', async () => {
  using folder = tempFolder({ 'a.ts': 'old\n' })
  const reply = `Why.\n${block('`a.ts`', 'new\n')}${block('../b.ts', 'x\n')}${block('usage', '{"tokens":1}\n')}`
  const ran = await apply(folder.path, reply, ['--json'])
  expect(ran.status).toBe(1)
  expect(JSON.parse(ran.stdout)).toEqual({
    changed: [],
    unchanged: [],
    rejected: [
      { code: 'traversal', path: '../b.ts', line: 5, message: expect.any(String) },
      { code: 'held-back', path: 'a.ts', message: expect.any(String) },
    ],
    noted: [],
    explanation: 'Why.\n',
    usage: { tokens: 1 },
  })
  expect(ran.stderr).toContain('lr-apply: a.ts: ')
  expect(ran.stderr).toContain('lr-apply: ../b.ts: outside the working tree ("..") [traversal]\n')
})

test('--json has the code and the line of a repair', async () => {
  using folder = tempFolder({ 'a.ts': 'old\n' })
  const ran = await apply(folder.path, block('`a.ts`', 'new\n'), ['--json'])
  const noted = [{ code: 'decorated-name', path: 'a.ts', line: 1, message: expect.any(String) as string }]
  expect(JSON.parse(ran.stdout)).toMatchObject({ noted })
  expect(ran.stderr).toContain('[decorated-name]\n')
})

test('the text of a change without a path is in the explanation if it is refused', async () => {
  using folder = tempFolder({ 'a.ts': 'old\n', 'b.ts': 'old\n' })
  const reply = 'Why.\n\n```ts\nnew\n```\n'
  expect(await apply(folder.path, reply)).toMatchObject({
    status: 1,
    blocks: { rejected: expect.stringContaining('a.ts, b.ts'), explanation: reply },
  })
  expect(await apply(folder.path, reply, ['a.ts'])).toMatchObject({ status: 0, blocks: { explanation: 'Why.\n' } })
})

test('a rename keeps line ends and mode, and can be undone', async () => {
  using folder = tempFolder({ 'a.sh': 'one\r\ntwo' })
  chmodSync(join(folder.path, 'a.sh'), 0o755)
  const reply = '*** Begin Patch\n*** Update File: a.sh\n*** Move to: bin/b.sh\n@@\n-one\n+ONE\n*** End Patch\n'
  expect(await apply(folder.path, reply)).toMatchObject({ status: 1 })
  expect(await apply(folder.path, reply, ['--strict', '--delete'])).toMatchObject({ status: 1 })
  expect(await apply(folder.path, reply, ['--delete'])).toMatchObject({
    status: 0,
    blocks: { changed: 'bin/b.sh\na.sh\n' },
  })
  expect(read(folder, 'bin/b.sh')).toBe('ONE\r\ntwo')
  expect(statSync(join(folder.path, 'bin/b.sh')).mode & 0o777).toBe(0o755)
  expect(existsSync(join(folder.path, 'a.sh'))).toBe(false)
  expect(await apply(folder.path, '', ['--undo'])).toMatchObject({ status: 0 })
  expect(read(folder, 'a.sh')).toBe('one\r\ntwo')
  expect(existsSync(join(folder.path, 'bin'))).toBe(false)
})

test('--strict refuses what would be put right, and only that', async () => {
  using folder = tempFolder({ 'a.ts': 'old\n' })
  const ran = await apply(folder.path, block('`a.ts`', 'new\n'), ['--strict'])
  expect(ran).toMatchObject({ status: 1, blocks: { rejected: expect.stringContaining('a.ts: ') } })
  expect(await apply(folder.path, '  <<<< a.ts <<<<\n  new\n  >>>>>>>>\n', ['--strict'])).toMatchObject({
    blocks: { rejected: 'a.ts: a whole block is indented (send it without that)\n' },
  })
  expect(await apply(folder.path, `Hm.\n${block('a.ts', 'new\n')}`, ['--strict'])).toMatchObject({ status: 0 })
})

test('a far shorter version is taken if the explanation names what is gone, or with --allow-shrink', async () => {
  const long = Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join('')
  const code = `def load():\n    return 1\n\n\n${'x = 1\n'.repeat(60)}\n\ndef save():\n    return 2\n`
  using folder = tempFolder({ 'a.txt': long, 'b.txt': long, 'c.py': code })
  for (let round = 0; round < 2; round++) {
    const ran = await apply(folder.path, block('a.txt', 'short\n'))
    const said = '1 lines instead of 100, without lines 1 to 100 (send the whole file; if that is meant to go, name it'
    expect(ran).toMatchObject({ status: 1, blocks: { rejected: expect.stringContaining(said) } })
  }
  expect(await apply(folder.path, `I removed lines 1–100.\n${block('a.txt', 'short\n')}`)).toMatchObject({ status: 0 })
  const half = block('c.py', 'def load():\n    return 1\n')
  expect(await apply(folder.path, `Shorter.\n${half}`)).toMatchObject({
    status: 1,
    blocks: { rejected: expect.stringContaining('without x, save') },
  })
  expect(await apply(folder.path, `save() and x are not used.\n${half}`)).toMatchObject({ status: 0 })
  expect(await apply(folder.path, block('b.txt', 'short\n'), ['--allow-shrink'])).toMatchObject({ status: 0 })
})

test('--allow-secrets lets a key through', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const reply = block('a.txt', `ghp_${'a1B2'.repeat(10)}\n`)
  const ran = await apply(folder.path, reply)
  expect(ran.status).toBe(1)
  expect(ran.stdout + ran.stderr).not.toContain('ghp_')
  expect(await apply(folder.path, reply, ['--allow-secrets'])).toMatchObject({ status: 0 })
})

test('--delete deletes what a block "deleted" lists, and only what a reply may change', async () => {
  using folder = tempFolder({ 'src/a.ts': 'a\n', 'b.ts': 'b\n', 'tests/c.ts': 'c\n' })
  const rows = [
    ['src/a.ts\n', [], 1],
    ['b.ts\n', ['--delete'], 1],
    ['tests/c.ts\n', ['--delete'], 1],
    ['src/none.ts\n', ['--delete'], 1],
    ['src\n', ['--delete'], 1],
    ['src/a.ts\n', ['--delete'], 0],
  ] as const
  for (const [names, args, status] of rows) {
    expect(await apply(folder.path, block('deleted', names), [...args, 'src'])).toMatchObject({ status })
  }
  expect(['src/a.ts', 'b.ts', 'tests/c.ts'].map((name) => existsSync(join(folder.path, name)))).toEqual([
    false,
    true,
    true,
  ])
})

test('many at once: each is written wholly, or told to try again', async () => {
  using folder = tempFolder({ 'a.txt': '0\n', 'b.txt': '0\n' })
  const ran = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      apply(folder.path, block('a.txt', `${index}\n`) + block('b.txt', `${index}\n`)),
    ),
  )
  expect(read(folder, 'a.txt')).toBe(read(folder, 'b.txt'))
  for (const { status } of ran) expect([0, 1, 4]).toContain(status)
  expect(ran.some(({ status }) => status === 0)).toBe(true)
})

test('the help names every exit code, and its pipe begins and ends with our programs', async () => {
  const { stdout, status } = await run('lr-apply', ['--help'])
  expect(status).toBe(0)
  for (const part of ['0 files changed', '1 no file changed', '2 invalid', '3 a file', '4 another', '| lr-apply src'])
    expect(stdout).toContain(part)
})

test('--reply text takes the whole reply as the new version of the one PATH', async () => {
  using folder = tempFolder({ 'notes.md': '# A\n' })
  expect(await apply(folder.path, '<think>\nx\n</think>\n# B', ['--reply', 'text', 'notes.md'])).toMatchObject({
    status: 0,
    blocks: { changed: 'notes.md\n' },
  })
  expect(read(folder, 'notes.md')).toBe('# B\n')
  expect(await apply(folder.path, 'One.\n', ['--reply=text', './new/b.txt'])).toMatchObject({ status: 0 })
  expect(read(folder, 'new/b.txt')).toBe('One.\n')
  for (const args of [[], ['a', 'b'], ['new/']]) {
    expect(await apply(folder.path, 'x\n', ['--reply', 'text', ...args])).toMatchObject({ status: 2 })
  }
})

test('show and blocked are passed on', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const reply = `${block('show', 'src/a.ts\nb.ts\n')}${block('blocked', 'The test is wrong.\n')}`
  const blocks = { show: 'src/a.ts\nb.ts\n', blocked: 'The test is wrong.\n' }
  expect(await apply(folder.path, reply)).toMatchObject({ status: 1, blocks })
  const { stdout } = await apply(folder.path, reply, ['--json'])
  expect(JSON.parse(stdout)).toMatchObject({ show: ['src/a.ts', 'b.ts'], blocked: 'The test is wrong.' })
})

test.skipIf(!hasProgram('script'))('on a terminal control characters are visible (script)', async () => {
  using folder = tempFolder({
    'a.txt': 'old\n',
    reply: `Fixed.\u001b]52;c;eA==\u0007\u202e\n${block('a.txt', 'new\n')}`,
  })
  const ran = await bash("script -qec 'lr-apply -n a.txt < reply' /dev/null < /dev/null", { cwd: folder.path })
  expect(ran.stdout).toContain('Fixed.')
  expect(ran.stdout).toContain('<U+202E>')
  expect(ran.stdout).not.toContain('\u001b]52')
})

describe('--reply exact', () => {
  test.each([
    ['a fence around it', '```\ncode\n```\n'],
    ['words for omitted lines', '# ... rest of the code\n'],
    ['other line ends than before', 'a\r\nb\r\n'],
    ['no final newline', 'a'],
    ['a byte-order mark', '\uFEFFa\n'],
    ['sections of edits', '<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n'],
    ['blocks', '<<<< b.txt <<<<\nb\n>>>>>>>>\n'],
    ['nothing', ''],
  ])('%s: byte for byte', async (_what, content) => {
    using folder = tempFolder({ 'a.txt': 'old\n'.repeat(99) })
    const { status } = await apply(folder.path, writeBlock({ name: 'a.txt', content }), ['--reply', 'exact', 'a.txt'])
    expect({ status, text: read(folder, 'a.txt') }).toEqual({ status: 0, text: content })
  })

  test('bounds, tests and keys are judged as ever, and text outside blocks is the explanation', async () => {
    using folder = tempFolder({ 'src/a.txt': 'a\n', 'src/test_a.py': 't\n', 'b.txt': 'b\n' })
    const key = `sk-proj-q7Zt4Kx9Rb2Mw8Yv3Lp6Nd5Hs1Jc0Fg7`
    const files = { 'src/a.txt': 'new\n', 'b.txt': 'new\n', 'src/test_a.py': 'new\n', 'src/key.txt': `${key}\n` }
    const blocks = Object.entries(files).map(([name, content]) => writeBlock({ name, content }))
    const reply = `Why: \`\`\`b.txt\nx\n\`\`\`\n${blocks.join('')}`
    const ran = await apply(folder.path, reply, ['--reply', 'exact', '--partial', 'src'])
    expect(ran).toMatchObject({
      status: 0,
      blocks: { changed: 'src/a.txt\n', explanation: expect.stringContaining('Why: ') },
    })
    expect(ran.blocks['rejected']?.match(/^[^:]+/gm)).toEqual(['b.txt', 'src/test_a.py', 'src/key.txt'])
    expect([read(folder, 'b.txt'), existsSync(join(folder.path, 'src/key.txt'))]).toEqual(['b\n', false])
  })

  test('what is no block stream is refused', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    expect(await apply(folder.path, '<<<< a.txt <<<<\nb\n', ['--reply', 'exact', 'a.txt'])).toMatchObject({ status: 2 })
  })
})
