import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, runGit, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

describe.skipIf(!hasProgram('git')).each(ENGINES)(
  'what users do in the middle of a run, --engine %s (needs git)',
  (engine) => {
    const call = callerOf(engine)

    /** A repository on a run's branch, with one reply. */
    async function runningRepository() {
      const repository = testRepository()
      await call(repository, 'start', ['lr/run'])
      repository.write('src/b.py', 'fixed\n')
      const { linesOf } = await call(repository, 'commit', [], reportOf(['src/b.py']))
      return { ...repository, fix: linesOf('commit')[0] ?? '' }
    }

    test('the branch of the run is renamed: the run goes on', async () => {
      using repository = await runningRepository()
      const { git, fix } = repository
      git('branch', '-m', 'lr/other')
      git('branch', '-m', 'third')
      const status = await call(repository, 'status')
      expect([status.status, status.linesOf('branch'), status.linesOf('commit')]).toEqual([0, ['third'], [fix]])
      expect(await call(repository, 'finish')).toMatchObject({ status: 0 })
      expect(git('rev-parse', 'main')).toBe(git('rev-parse', 'third'))
    })

    test.each(['finish', 'abandon'])(
      'the branch that it started from is gone: %s says how to get it back',
      async (command) => {
        using repository = await runningRepository()
        const { git, path } = repository
        const base = git('rev-parse', 'main')
        git('branch', '-D', 'main')
        expect(await call(repository, command)).toMatchObject({
          status: 3,
          stderr: `lr-git: main: is gone since the run started (git branch main ${base} makes it again)\n`,
        })
        expect(readFileSync(join(path, 'src/b.py'), 'utf8')).toBe('fixed\n')
        git('branch', 'main', base)
        expect(await call(repository, command)).toMatchObject({ status: 0 })
        expect(git('status', '--porcelain')).toBe('')
      },
    )

    test('a commit of theirs changes a file again: undo names it', async () => {
      using repository = await runningRepository()
      repository.write('src/b.py', 'mine\n')
      repository.git('commit', '-qam', 'mine')
      expect(await call(repository, 'undo')).toMatchObject({
        status: 3,
        stderr: 'lr-git: src/b.py: a later commit has changed it again (revert that one first)\n',
      })
    })

    test('the branch is set back behind the start of the run: nothing of former runs is undone', async () => {
      using repository = await runningRepository()
      await call(repository, 'finish')
      await call(repository, 'start', ['lr/second'])
      repository.git('reset', '-q', '--hard', 'HEAD~1')
      expect((await call(repository, 'status')).linesOf('commit')).toEqual([])
      expect(await call(repository, 'undo')).toMatchObject({ status: 1 })
    })

    test('a git that was killed while it switched to a branch has left its lock: the next command goes on', async () => {
      using repository = await runningRepository()
      const { git, path, write } = repository
      const main = git('rev-parse', 'main')
      // As a finish leaves it whose second git process was killed.
      git('update-ref', 'refs/heads/main', 'HEAD')
      const steps = [
        { ref: 'refs/heads/main', from: main, to: git('rev-parse', 'HEAD') },
        { head: { ref: 'refs/heads/main' } },
      ]
      write('.git/lr/journal', JSON.stringify({ steps, files: [], reason: 'lr-git finish: lr/run' }))
      write('.git/HEAD.lock', 'ref: refs/heads/main\n')
      expect(await call(repository, 'start', ['lr/next'])).toMatchObject({ status: 0 })
      expect(existsSync(join(path, '.git/HEAD.lock'))).toBe(false)
      expect((await call(repository, 'status')).stdout).toMatch(/^Started from main;/)
    })

    test('undo takes the right to be executed back', async () => {
      using repository = testRepository()
      const { git, path } = repository
      await call(repository, 'start')
      chmodSync(join(path, 'a.py'), 0o750)
      expect(await call(repository, 'commit', [], reportOf(['a.py']))).toMatchObject({ status: 0 })
      expect(await call(repository, 'undo')).toMatchObject({ status: 0 })
      expect(git('status', '--porcelain')).toBe('')
      expect(statSync(join(path, 'a.py')).mode & 0o777).toBe(0o640)
    })

    test('finish --squash where nothing is changed in the end says so', async () => {
      using repository = await runningRepository()
      await call(repository, 'undo')
      expect(await call(repository, 'finish', ['--squash'])).toMatchObject({ status: 0 })
      expect(repository.git('log', '--format=%s', '-1', 'main~1')).toBe('lr: nothing is changed in the end')
    })

    test.each([
      ['a folder where a file comes back', 'src/b.py', 'src/b.py/x', 'src/b.py: is not a file'],
      ['a file where its folder was', 'src', 'src', 'src/b.py: is below a file'],
      ['a folder for FIXES.md', 'FIXES.md', 'FIXES.md/x', 'FIXES.md: is not a file'],
    ])('undo refuses %s, and changes nothing', async (_name, removed, made, reason) => {
      using repository = await runningRepository()
      const { git, path, write } = repository
      rmSync(join(path, removed), { recursive: true })
      if (made !== removed) mkdirSync(join(path, removed))
      write(made, 'mine\n')
      const head = git('rev-parse', 'HEAD')
      expect(await call(repository, 'undo')).toMatchObject({ status: 3, stderr: expect.stringContaining(reason) })
      expect(git('rev-parse', 'HEAD')).toBe(head)
      expect(readFileSync(join(path, made), 'utf8')).toBe('mine\n')
    })

    test('undo refuses where an entry of theirs in the index would be dropped', async () => {
      using repository = testRepository()
      const { git, path, write } = repository
      await call(repository, 'start')
      rmSync(join(path, 'src'), { recursive: true })
      await call(repository, 'commit', [], reportOf(['src/b.py']))
      write('src', 'mine\n')
      git('add', 'src')
      rmSync(join(path, 'src'))
      expect(await call(repository, 'undo')).toMatchObject({
        status: 3,
        stderr: expect.stringContaining('src: is in the index and conflicts with src/b.py'),
      })
      expect(git('ls-files')).toContain('src')
    })
  },
)

describe.skipIf(!hasProgram('git')).each(ENGINES)('a git folder from anybody, --engine %s (needs git)', (engine) => {
  const call = callerOf(engine)

  test('a journal that names a file outside is not followed', async () => {
    using outer = tempFolder({ mine: 'mine\n' })
    using repository = testRepository()
    const head = repository.git('rev-parse', 'HEAD')
    mkdirSync(join(repository.path, '.git/lr'))
    const files = [{ path: `../${outer.path.split('/').at(-1)}/mine`, after: undefined }]
    const steps = [{ ref: 'refs/heads/main', from: head, to: head }]
    repository.write('.git/lr/journal', JSON.stringify({ steps, files, reason: 'x' }))
    expect(await call(repository, 'start')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('journal: damaged'),
    })
    expect(existsSync(join(outer.path, 'mine'))).toBe(true)
  })

  test('its folder for lr-git is no way out', async () => {
    using outer = tempFolder({ index: 'mine\n' })
    using repository = testRepository()
    symlinkSync(outer.path, join(repository.path, '.git/lr'))
    expect(await call(repository, 'start')).toMatchObject({ status: 3, stderr: expect.stringContaining('is a link') })
    expect(existsSync(join(outer.path, 'index'))).toBe(true)
  })

  test('a HEAD that leads out of the refs is not followed', async () => {
    using repository = testRepository()
    repository.write('.git/HEAD', 'ref: refs/heads/../../../out\n')
    repository.write('a.py', 'fixed\n')
    expect(await call(repository, 'commit', [], reportOf(['a.py']))).toMatchObject({ status: 3 })
    expect(existsSync(join(repository.path, 'out'))).toBe(false)
  })

  test('a commit that holds a path in .git is not brought to the working tree', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    await call(repository, 'start')
    write('.git/content', 'evil\n')
    const blob = git('hash-object', '-w', '.git/content')
    const treeOf = (line: string) => runGit(path, ['mktree'], line)
    const tree = treeOf(`040000 tree ${treeOf(`100644 blob ${blob}\tevil\n`)}\t.git\n`)
    const evil = git('commit-tree', '-p', 'HEAD', '-m', 'evil', tree)
    git('update-ref', 'HEAD', git('commit-tree', '-p', evil, '-m', 'good', 'HEAD^{tree}'))
    expect(await call(repository, 'best', [evil])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('".git/evil": lies in a git folder'),
    })
    expect(existsSync(join(path, '.git/evil'))).toBe(false)
  })
})

test('a .git that is a pipe is not a repository', async () => {
  using folder = tempFolder({})
  await bash('mkfifo .git', { cwd: folder.path })
  const { status, stderr } = await run('lr-git', ['status'], { cwd: folder.path })
  expect(stderr).toBe(`lr-git: ${folder.path}: not a git repository (run 'git init' there)\n`)
  expect(status).toBe(3)
})
