import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, runGit, type TestRepository, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

/** a.py staged and changed again, src/b.py changed, c staged, d added with -N, e deleted, u untracked. */
function dirtyRepository(): TestRepository {
  const repository = testRepository({ 'a.py': 'a\n', 'src/b.py': 'b\n', c: 'c\n', e: 'e\n' })
  const { git, write } = repository
  write('a.py', 'a staged\n')
  write('c', 'c staged\n')
  write('d', 'd\n')
  git('add', 'a.py', 'c')
  git('add', '-N', 'd')
  git('rm', '-q', 'e')
  write('a.py', 'a mine\n')
  write('src/b.py', 'b mine\n')
  write('u', 'u\n')
  return repository
}

const DIRT = ' A d\n M src/b.py\n?? u\nD  e\nM  c\nMM a.py'

function statusOf({ git }: TestRepository): string {
  return git('status', '--porcelain').split('\n').sort().join('\n')
}

describe.skipIf(!hasProgram('git')).each(ENGINES)('a dirty tree with --engine %s (needs git)', (engine) => {
  const call = callerOf(engine)

  test('--dirty commit: in commits of its own first; abandon brings all of it back', async () => {
    using repository = dirtyRepository()
    const { git, write, path } = repository
    expect(statusOf(repository)).toBe(DIRT)
    const staged = git('diff', '--cached')
    expect(await call(repository, 'start', ['--dirty=commit'])).toMatchObject({ status: 0 })
    expect(git('status', '--porcelain')).toBe('?? u')
    expect(git('log', '--format=%s', 'main..')).toBe(
      'lr: what was not committed when the run started\nlr: what was staged when the run started',
    )
    expect(git('show', 'HEAD~1:a.py')).toBe('a staged')
    expect(git('show', 'HEAD:a.py')).toBe('a mine')
    write('a.py', 'fixed\n')
    const { linesOf } = await call(repository, 'commit', [], reportOf(['a.py']))
    expect(git('show', '--format=', '--name-only', linesOf('commit')[0] ?? '')).toBe('a.py')
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0 })
    // What was added with -N was never in the index, and is untracked now.
    expect(statusOf(repository)).toBe(DIRT.replace(' A d\n', '').replace('?? u', '?? d\n?? u'))
    expect(git('diff', '--cached')).toBe(staged)
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a mine\n')
    expect(git('fsck', '--strict', '--no-dangling')).toBe('')
  })

  test('--dirty carry: stays as it is; what the run changes is first committed as it was', async () => {
    using repository = dirtyRepository()
    const { git, write, path } = repository
    expect(await call(repository, 'start', ['--dirty=carry'])).toMatchObject({ status: 0 })
    expect(statusOf(repository)).toBe(DIRT)
    write('a.py', 'fixed\n')
    const first = await call(repository, 'commit', [], reportOf(['a.py']))
    expect(first).toMatchObject({ status: 0 })
    expect(git('log', '--format=%s', 'main..')).toMatch(
      /^lr: FIXES.md for \w+\nlr: it was wrong\nlr: as it was: a.py\nlr: as staged: a.py$/,
    )
    expect(git('show', 'HEAD~3:a.py', 'HEAD~2:a.py', 'HEAD~1:a.py')).toBe('a staged\na mine\nfixed')
    expect(first.linesOf('commit')).toEqual(git('rev-parse', 'HEAD~1', 'HEAD').split('\n'))
    expect(statusOf(repository)).toBe(DIRT.replace('\nMM a.py', ''))
    write('a.py', 'again\n')
    expect(await call(repository, 'commit', [], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(git('rev-list', '--count', 'main..')).toBe('6')
    expect(await call(repository, 'undo', ['2'])).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a mine\n')
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0 })
    expect(statusOf(repository)).toBe(DIRT)
    expect(git('show', ':a.py')).toBe('a staged')
    expect(git('fsck', '--strict', '--no-dangling')).toBe('')
  })

  test('--dirty carry: best goes back to what the user had, and finish leaves the rest', async () => {
    using repository = dirtyRepository()
    const { write, path } = repository
    await call(repository, 'start', ['--dirty=carry'])
    write('src/b.py', 'fixed\n')
    await call(repository, 'commit', [], reportOf(['src/b.py']))
    expect(await call(repository, 'best', ['main'])).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'src/b.py'), 'utf8')).toBe('b mine\n')
    expect(await call(repository, 'finish')).toMatchObject({ status: 0 })
    expect(statusOf(repository)).toBe(DIRT.replace('\n M src/b.py', ''))
  })
})

test.skipIf(!hasProgram('git'))('--dirty worktree: the run happens beside it (needs git)', async () => {
  const call = callerOf('git')
  using repository = dirtyRepository()
  const { path, git } = repository
  const started = await call(repository, 'start', ['--dirty=worktree', '--slug=x'])
  const [folder = ''] = started.linesOf('worktree')
  const [branch] = started.linesOf('branch')
  try {
    expect(runGit(folder, ['branch', '--show-current'])).toBe(branch)
    expect(runGit(folder, ['status', '--porcelain'])).toBe('')
    expect(readFileSync(join(folder, 'a.py'), 'utf8')).toBe('a\n')
    expect(statusOf(repository)).toBe(DIRT)
    const beside = { ...repository, path: folder }
    writeFileSync(join(folder, 'a.py'), 'fixed\n')
    expect(await call(beside, 'commit', [], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(await call(beside, 'finish')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(`${path} (git -C ${path} merge --ff-only ${branch})`),
    })
    expect(await call(beside, 'abandon')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(`(git -C ${path} worktree remove ${folder}; the branch stays)`),
    })
    expect(runGit(folder, ['branch', '--show-current'])).toBe(branch)
    expect(git('rev-list', '--count', branch ?? '')).toBe('3')
    expect(existsSync(join(path, 'FIXES.md'))).toBe(false)
  } finally {
    git('worktree', 'remove', '--force', folder)
  }
})

test.skipIf(!hasProgram('git'))('--dirty worktree is refused by name by native (needs git)', async () => {
  const call = callerOf('native')
  using repository = dirtyRepository()
  expect(await call(repository, 'start', ['--dirty=worktree'])).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('the native engine cannot create linked working trees'),
  })
  expect(readdirSync(join(repository.path, '.git/lr/runs'))).toEqual([])
})
