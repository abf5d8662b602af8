import { workingTreeOf } from '@loop-runner/cli-kit'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/cli-kit/testing'
import { expect, test } from 'vitest'
import { apply } from './testing/apply.ts'
import { block } from './testing/plan-in.ts'
// FIX ['statePath']

const stateOf = (folder: string) => statePath(folder, { XDG_STATE_HOME: join(folder, '.state') })

test('a journal that nobody can read is said, and kept', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  mkdirSync(stateOf(folder.path), { recursive: true })
  writeFileSync(join(stateOf(folder.path), 'committed.json'), 'x')
  expect(await apply(folder.path, block('a.txt', 'new\n'))).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('committed.json: not a journal of this program'),
  })
  expect(readdirSync(stateOf(folder.path))).toContain('committed.json')
  expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('old\n')
})

test('the next start says what became of an interrupted reply', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const shim = join(import.meta.dirname, '../../../scripts/fault-shim.cjs')
  const env = { XDG_STATE_HOME: join(folder.path, '.state'), LR_FAULT: 'kill 90', NODE_OPTIONS: `--require ${shim}` }
  expect(await run('lr-apply', [], { cwd: folder.path, stdin: block('a.txt', 'new\n'), env })).toMatchObject({
    status: 137,
  })
  const again = await apply(folder.path, '')
  expect(again.stderr).toMatch(/an interrupted reply was (?:finished|taken back): a\.txt\n/)
  expect(again.status).toBe(1)
})

test('where the folder is gone too, what was begun in it is forgotten', async () => {
  using folder = tempFolder({ 'sub/a.txt': 'old\n', '.git/HEAD': '' })
  const shim = join(import.meta.dirname, '../../../scripts/fault-shim.cjs')
  const env = { XDG_STATE_HOME: join(folder.path, '.state'), LR_FAULT: 'kill 90', NODE_OPTIONS: `--require ${shim}` }
  const killed = run('lr-apply', ['-C', 'sub'], { cwd: folder.path, stdin: block('a.txt', 'new\n'), env })
  expect(await killed).toMatchObject({ status: 137 })
  rmSync(join(folder.path, 'sub'), { recursive: true })
  expect(await apply(folder.path, '')).toMatchObject({ status: 1, stderr: expect.stringContaining('sub: gone') })
  expect(await apply(folder.path, '')).toMatchObject({ status: 1, stderr: '' })
})

test('a journal inside the tree is never written by a reply', async () => {
  using folder = tempFolder({ 'a.txt': 'old\n' })
  const name = join(stateOf(folder.path), 'pending.json').slice(folder.path.length + 1)
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
  { env: {}, path: '/.local/state/loop-runner/trees/' },
])('with $env the journal lies in $path', ({ env, path }) => {
  expect(statePath('/tree', env)).toMatch(new RegExp(`^${path}[0-9a-f]{32}$`))
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
