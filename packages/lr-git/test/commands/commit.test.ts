import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nameOfPath, parseStream, spellName, writeStream } from '@loop-runner/block-format'
import { hasProgram, run } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { reportOf, testRepository } from '../support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

describe.skipIf(!hasProgram('git')).each(ENGINES)('lr-git commit --engine %s (needs git)', (engine) => {
  const args = ['commit', `--engine=${engine}`]

  test('commits what is named and nothing else, then FIXES.md', async () => {
    using repository = testRepository()
    const { path, git, write } = repository
    write('src/b.py', 'fixed\n')
    write('a.py', 'staged\n')
    git('add', 'a.py')
    write('new.txt', 'untracked\n')
    const staged = git('diff', '--cached')
    const usage = { name: 'usage', content: '{"model": "groq/some"}\n' }
    const report = reportOf(['src/b.py'], [usage, { name: 'outcome', content: 'fail\n' }])
    const ran = await run('lr-git', args, { cwd: path, stdin: report, env: { LR_ITERATION: '3' } })
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringMatching(/^lr-git: committed \w{12}\n$/) })
    expect(ran.stdout.startsWith(report)).toBe(true)
    const [fix = '', fixes = ''] = hashesOf(ran.stdout)
    expect(git('rev-list', 'HEAD')).toBe([fixes, fix, git('rev-parse', 'HEAD~2')].join('\n'))
    expect(git('show', '--format=', '--name-only', fix)).toBe('src/b.py')
    expect(git('show', '--format=', '--name-only', fixes)).toBe('FIXES.md')
    expect(git('show', '-s', '--format=%B', fix)).toBe(
      'lr: it was wrong\n\nWhy: it was wrong.\n\nLr-Files: 1\nLr-Iteration: 3\nLr-Model: groq/some\nLr-Check: fail\n',
    )
    expect(git('show', 'HEAD:FIXES.md')).toContain(`### Iteration 3, commit ${fix}\n\nFiles: \`src/b.py\``)
    expect(git('diff', '--cached')).toBe(staged)
    expect(git('status', '--porcelain')).toBe('M  a.py\n?? new.txt')
    expect(git('fsck', '--strict')).toBe('')
    expect(git('reflog', '-1', '--format=%gs')).toBe('lr-git commit: src/b.py')
  })

  test.each([
    ['an empty report', '', false],
    ['nothing changed', reportOf([]), false],
    ['a file as it was', reportOf(['a.py']), true],
  ])('exit 1 and no commit: %s', async (_name, report, isNamed) => {
    using repository = testRepository()
    const { path, git } = repository
    const before = git('rev-parse', 'HEAD')
    const ran = await run('lr-git', args, { cwd: path, stdin: report })
    const stderr = `lr-git: nothing to commit${isNamed ? `: the files are as in ${before}` : ''}\n`
    expect(ran).toEqual({ status: 1, stdout: report, stderr })
    expect(git('rev-parse', 'HEAD')).toBe(before)
    expect(git('status', '--porcelain')).toBe('')
  })

  test('works without a commit, in a folder below the root, on a detached head', async () => {
    using repository = testRepository({})
    const { path, git } = repository
    mkdirSync(join(path, 'sub/deep'), { recursive: true })
    repository.write('sub/deep/x', '1\n')
    const cwd = join(path, 'sub')
    expect(await run('lr-git', args, { cwd, stdin: reportOf(['deep/x']) })).toMatchObject({ status: 0 })
    expect(git('ls-tree', '-r', '--name-only', 'HEAD')).toBe('sub/FIXES.md\nsub/deep/x')
    git('checkout', '-q', '--detach')
    repository.write('sub/deep/x', '2\n')
    expect(await run('lr-git', args, { cwd, stdin: reportOf(['deep/x']) })).toMatchObject({ status: 0 })
    expect(git('rev-list', '--count', 'HEAD')).toBe('4')
    expect(git('rev-list', '--count', 'main')).toBe('2')
    expect(git('status', '--porcelain')).toBe('')
  })

  test('a file that is gone leaves the tree, and its folder with it; an executable one is one', async () => {
    using repository = testRepository({ 'd/x': 'x', 'run.sh': 'true\n' })
    const { path, git } = repository
    rmSync(join(path, 'd'), { recursive: true })
    git('update-index', '--chmod=-x', 'run.sh')
    const { chmodSync } = await import('node:fs')
    chmodSync(join(path, 'run.sh'), 0o755)
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(['d/x', 'run.sh']) })).toMatchObject({ status: 0 })
    expect(git('ls-tree', '-r', 'HEAD')).toMatch(/^100644 blob \w+\tFIXES.md\n100755 blob \w+\trun.sh$/)
    expect(git('status', '--porcelain')).toBe('')
  })

  test.each([
    ['a file', ['A.py'], 'A.py: differs from a.py only in case'],
    ['a folder', ['SRC/new'], 'SRC: differs from src only in case'],
    ['two new files', ['x/One', 'x/one'], 'x/one: differs from x/One only in case'],
  ])('where case does not tell files apart, %s', async (_name, names, reason) => {
    using repository = testRepository()
    const { path, git } = repository
    for (const name of names) {
      mkdirSync(join(path, dirname(name)), { recursive: true })
      repository.write(name, 'x\n')
    }
    git('config', 'core.ignoreCase', 'true')
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(names) })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(reason),
    })
    git('config', 'core.ignoreCase', 'false')
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(names) })).toMatchObject({ status: 0 })
  })

  test('where case does not tell files apart, a file takes another case', async () => {
    using repository = testRepository()
    const { path, git } = repository
    git('config', 'core.ignoreCase', 'true')
    renameSync(join(path, 'a.py'), join(path, 'A.py'))
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py', 'A.py']) })).toMatchObject({ status: 0 })
    expect(git('ls-files')).toBe('A.py\nFIXES.md\nsrc/b.py')
  })

  test('names of every kind are committed as they are', async () => {
    using repository = testRepository({ q: 'another\n' })
    const { path, git } = repository
    const names = ['"q"', '"', 'a b', 'ü', '*', ':x', '-n', 'a\\b', 'a\u2028b', '[a]', '~']
    for (const name of names) repository.write(name, `${name}\n`)
    const stdin = writeStream([
      { name: 'changed', content: names.map((name) => `${spellName(nameOfPath(name))}\n`).join('') },
    ])
    expect(await run('lr-git', args, { cwd: path, stdin })).toMatchObject({ status: 0 })
    const listed = git('ls-tree', '-z', '--name-only', 'HEAD~1').split('\0').filter(Boolean)
    expect(listed.sort()).toEqual([...names, 'q'].sort())
    for (const name of names) expect(git('show', `HEAD:${name}`)).toBe(name)
    expect(git('status', '--porcelain')).toBe('')
  })

  test('FIXES.md grows in its own line ends, and what the user has written there stays uncommitted', async () => {
    using repository = testRepository({ 'a.py': 'a\n', 'FIXES.md': 'mine\r\n' })
    const { path, git, write } = repository
    write('FIXES.md', 'mine\r\nnot yet\r\n')
    write('a.py', 'fixed\n')
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py']) })).toMatchObject({ status: 0 })
    expect(git('show', 'HEAD:FIXES.md')).toMatch(/^mine\r\n\r\n### Commit \w+\r\n/)
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toMatch(/^mine\r\nnot yet\r\n\r\n### Commit \w+\r\n/)
    expect(git('diff', '--stat', 'HEAD')).toContain('FIXES.md | 1 +')
  })

  test.each([
    ['/etc/passwd', 'an absolute path'],
    ['../x', 'is not a plain relative path'],
    ['.git/config', 'lies in a git folder'],
    ['src/.GIT/x', 'lies in a git folder'],
    ['git~1/x', 'lies in a git folder'],
    ['.g\u200cit/x', 'lies in a git folder'],
    ['link/x', 'passes through a symbolic link'],
    ['inner/x', 'lies in another repository'],
    ['src', 'is not a file'],
  ])('refuses the path %s', async (name, reason) => {
    using repository = testRepository()
    const { path, git } = repository
    symlinkSync('src', join(path, 'link'))
    mkdirSync(join(path, 'inner/.git'), { recursive: true })
    const ran = await run('lr-git', args, { cwd: path, stdin: reportOf([name]) })
    expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining(reason) })
    expect(git('rev-list', '--count', 'HEAD')).toBe('1')
  })

  test.each([
    ['staged', ['add', 'a.py'], 'you have staged another version'],
    ['added with -N', ['add', '-N', 'new.py'], 'you have staged another version'],
  ])('refuses a file that the user has %s, and leaves it so', async (_name, staging, reason) => {
    using repository = testRepository()
    const { path, git, write } = repository
    write('a.py', 'staged\n')
    write('new.py', 'new\n')
    git(...staging)
    write('a.py', 'fixed\n')
    const before = git('status', '--porcelain')
    const ran = await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py', 'new.py']) })
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining(reason) })
    expect(git('status', '--porcelain')).toBe(before)
  })

  test.each([
    ['a new file where a folder is now', 'x', 'x/y'],
    ['a file in a folder that is a file now', 'x/y', 'x'],
    ['a file deep in it', 'src/x/y/z', 'src/x'],
  ])('refuses where the user has staged %s, and keeps it', async (_name, staged, named) => {
    using repository = testRepository()
    const { path, git, write } = repository
    mkdirSync(join(path, dirname(staged)), { recursive: true })
    write(staged, 'mine\n')
    git('add', staged)
    rmSync(join(path, named.startsWith('src') ? 'src/x' : 'x'), { recursive: true })
    mkdirSync(join(path, dirname(named)), { recursive: true })
    write(named, 'new\n')
    const before = git('ls-files', '-s')
    const ran = await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py', named]) })
    expect(ran).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(`${staged}: is in the index and conflicts with ${named}`),
    })
    expect(git('ls-files', '-s')).toBe(before)
    expect(git('rev-list', '--count', 'HEAD')).toBe('1')
  })

  test.each([
    ['.git/index.lock', 'held by another git program since'],
    ['.git/refs/heads/main.lock', 'refs/heads/main'],
  ])('exit 4 where %s is held, and nothing is changed', async (lock, reason) => {
    using repository = testRepository()
    const { path, git, write } = repository
    write('a.py', 'fixed\n')
    write(lock, '')
    const ran = await run('lr-git', [...args, '--lock-timeout=50ms'], { cwd: path, stdin: reportOf(['a.py']) })
    expect(ran).toMatchObject({ status: 4, stdout: '', stderr: expect.stringContaining(reason) })
    rmSync(join(path, lock))
    expect(git('status', '--porcelain')).toBe(' M a.py')
    expect(git('rev-list', '--count', 'HEAD')).toBe('1')
  })

  test('clears the lock of one of ours that is dead', async () => {
    using repository = testRepository()
    const { path, write } = repository
    write('a.py', 'fixed\n')
    const { processMark } = await import('@loop-runner/cli-kit')
    write('.git/index.lock', JSON.stringify({ 'lr-git': { ...processMark(), pid: 2 ** 22 - 1 }, since: '' }))
    expect(await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py']) })).toMatchObject({ status: 0 })
  })

  test.each([
    ['MERGE_HEAD', 'a merge is in progress'],
    ['rebase-merge', 'a rebase is in progress'],
  ])('refuses with %s', async (file, reason) => {
    using repository = testRepository()
    repository.write(`.git/${file}`, '')
    const ran = await run('lr-git', args, { cwd: repository.path, stdin: reportOf(['a.py']) })
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining(reason) })
  })

  test('refuses without an identity, with the remedy', async () => {
    using repository = testRepository()
    repository.write('a.py', 'fixed\n')
    const env = { GIT_AUTHOR_NAME: '', GIT_COMMITTER_NAME: '' }
    const ran = await run('lr-git', args, { cwd: repository.path, stdin: reportOf(['a.py']), env })
    expect(ran).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("git config --global user.name 'Your Name'"),
    })
  })
})

/** The hashes in the last block. */
function hashesOf(output: string): string[] {
  const block = parseStream(output).at(-1)
  return block && 'name' in block && block.name === 'commit' ? block.content.trim().split('\n') : []
}
