import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { treeStatePath } from '@loop-runner/file-transaction'
import { processMark, workingTreeOf } from '@loop-runner/cli-kit'
import { describe, expect, test } from 'vitest'
import { apply } from './support/apply.ts'
import { block } from './support/plan-in.ts'

const SHIM = join(import.meta.dirname, '../../../scripts/sweep/fault-shim.cjs')

/** The journal of a transaction under way in a folder, once `apply` has come so far. */
function unfinishedIn(folder: string, stage: string): string {
  const key = basename(treeStatePath(folder, { XDG_STATE_HOME: join(folder, '.state') }))
  return join(folder, '.state/loop-runner/unfinished', `${key}.${stage}.json`)
}

test('a journal that cannot be read is reported, and kept', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const journal = unfinishedIn(folder.path, 'committed')
  mkdirSync(dirname(journal), { recursive: true })
  writeFileSync(journal, 'x')
  expect(await apply(folder.path, block('a.txt', 'new\n'))).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('committed.json: not a journal of this program'),
  })
  expect(readFileSync(journal, 'utf8')).toBe('x')
  expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('old\n')
})

test('the next start says what became of an interrupted reply', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  await killOnceBegun(folder.path, '.')
  const again = await apply(folder.path, '')
  expect(again.stderr).toMatch(/an interrupted reply was (?:finished|taken back): a\.txt\n/)
  expect(again.status).toBe(1)
})

/** Kills lr-apply in a folder of the tree at its first call by which the journal tells of a reply under way. */
async function killOnceBegun(tree: string, folder: string): Promise<void> {
  const state = { XDG_STATE_HOME: join(tree, '.state') }
  const unfinished = join(tree, '.state/loop-runner/unfinished')
  for (let call = 20; !existsSync(unfinished) || readdirSync(unfinished).length === 0; call++) {
    const env = { ...state, LR_FAULT: `kill ${call}`, NODE_OPTIONS: `--require ${SHIM}` }
    const stdin = block('a.txt', 'new\n')
    expect(await run('lr-apply', ['-C', folder], { cwd: tree, stdin, env })).toMatchObject({ status: 137 })
  }
}

/** Kills lr-apply where one of two files has its new version and the other not yet. */
async function killHalfWay(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  for (let call = 90; read('a.txt') === read('b.txt'); call += 2) {
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(folder, name), 'old\n')
    const fault = { LR_FAULT: `kill ${call}`, NODE_OPTIONS: `--require ${SHIM}` }
    const stdin = block('a.txt', 'new\n') + block('b.txt', 'new\n')
    expect(await run('lr-apply', [], { cwd: folder, stdin, env: { ...env, ...fault } })).toMatchObject({ status: 137 })
  }
}

describe.each([
  ['lr-check', ['-c', 'cmp a.txt b.txt', 'a.txt']],
  ['lr-blocks', ['pack', 'a.txt', 'b.txt']],
  ['lr-git', ['status']],
  ['lr-prompt', []],
  ['lr-score', ['--', 'cmp', 'a.txt', 'b.txt']],
  ['lr-loop', ['runs']],
  ['lr-apply', []],
])('half of a reply is in its place when %s starts', (program, args) => {
  test.each([
    { where: 'the tree itself', from: 'tree' },
    { where: 'another', from: 'other' },
  ])('in $where: the tree is whole, and that is said', async ({ from }) => {
    using folder = tempFolder({ 'tree/a.txt': 'old\n', 'tree/b.txt': 'old\n', 'other/a.txt': '', 'other/b.txt': '' })
    const tree = join(folder.path, 'tree')
    const env = { XDG_STATE_HOME: join(folder.path, 'state') }
    await killHalfWay(tree, env)
    const asked = await run(program, ['--version'], { cwd: tree, env })
    expect([asked.stderr, readFileSync(join(tree, 'b.txt'), 'utf8')]).toEqual(['', 'old\n'])
    const { stderr } = await run(program, args, { cwd: join(folder.path, from), env })
    expect(stderr).toContain(`${program}: ${tree}: an interrupted reply was finished: a.txt, b.txt\n`)
    expect(['a.txt', 'b.txt'].map((name) => readFileSync(join(tree, name), 'utf8'))).toEqual(['new\n', 'new\n'])
    const again = await run(program, args, { cwd: tree, env })
    expect(again.stderr).not.toContain('interrupted')
  })
})

test('half of a reply whose writer is still at work is theirs: waited for in the tree, left alone from another', async () => {
  using folder = tempFolder({ 'tree/a.txt': 'old\n', 'tree/b.txt': 'old\n', 'other/a.txt': '' })
  const tree = join(folder.path, 'tree')
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  await killHalfWay(tree, env)
  const lock = { mark: processMark(), who: 'a test', since: 'now' }
  writeFileSync(join(treeStatePath(tree, env), 'lock'), JSON.stringify(lock))
  const pack = (cwd: string) => run('lr-blocks', ['pack', 'a.txt'], { cwd, env })
  expect(await pack(join(folder.path, 'other'))).toMatchObject({ status: 0, stderr: '' })
  expect(await pack(tree)).toMatchObject({ status: 0, stderr: expect.stringContaining('is writing a reply here') })
  expect(readFileSync(join(tree, 'b.txt'), 'utf8')).toBe('old\n')
})

test('where the folder is gone too, what was begun in it is forgotten', async () => {
  using folder = tempFolder({ 'sub/a.txt': 'old\n', '.git/HEAD': '' })
  await killOnceBegun(folder.path, 'sub')
  rmSync(join(folder.path, 'sub'), { recursive: true })
  expect(await apply(folder.path, '')).toMatchObject({ status: 1, stderr: expect.stringContaining('sub: gone') })
  expect(await apply(folder.path, '')).toMatchObject({ status: 1, stderr: '' })
})

test.each(['unfinished', 'trees'])('a journal inside the tree (%s) is never written by a reply', async (part) => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const name = `.state/loop-runner/${part}/${basename(unfinishedIn(folder.path, 'pending'))}`
  expect(await apply(folder.path, block(name, 'ours\n'), [name])).toMatchObject({
    status: 1,
    blocks: { rejected: expect.stringContaining('own journal') },
  })
})

test('one journal a working tree, whichever of its folders is worked in', () => {
  using folder = tempFolder({ '.git/HEAD': '', 'a/b/c.txt': '' })
  expect(workingTreeOf(join(folder.path, 'a/b'))).toBe(folder.path)
  expect(workingTreeOf('/nowhere/at/all')).toBe('/nowhere/at/all')
})

test.each([
  { env: { XDG_STATE_HOME: '/x', HOME: '/h' }, path: '/x/loop-runner/trees/' },
  { env: { XDG_STATE_HOME: 'relative', HOME: '/h' }, path: '/h/.local/state/loop-runner/trees/' },
  { env: { HOME: '/h' }, path: '/h/.local/state/loop-runner/trees/' },
])('with $env the journal lies in $path', ({ env, path }) => {
  expect(treeStatePath('/tree', env)).toMatch(new RegExp(`^${path}[0-9a-f]{32}$`))
})

test.skipIf(!hasProgram('git'))('in a linked worktree and in a sub-folder too (git)', async () => {
  using folder = tempFolder({ 'main/a.txt': 'old\n', 'main/sub/b.txt': 'old\n' })
  const main = join(folder.path, 'main')
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'x'],
    ['worktree', 'add', '-q', '../linked'],
  ]) {
    expect(await run('git', args, { cwd: main })).toMatchObject({ status: 0 })
  }
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  expect(await apply(join(folder.path, 'linked'), block('a.txt', 'new\n'), [], env)).toMatchObject({ status: 0 })
  expect(await apply(join(main, 'sub'), block('b.txt', 'new\n'), [], env)).toMatchObject({ status: 0 })
  expect(readFileSync(join(main, 'a.txt'), 'utf8')).toBe('old\n')
  expect(readdirSync(join(folder.path, 'state/loop-runner/trees')).length).toBe(2)
})
