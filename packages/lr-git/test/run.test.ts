import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, type TestRepository, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

describe.skipIf(!hasProgram('git')).each(ENGINES)('a run with --engine %s (needs git)', (engine) => {
  const callEngine = callerOf(engine)

  async function call(repository: TestRepository, command: string, args: readonly string[] = [], stdin = '') {
    const called = await callEngine(repository, command, args, stdin)
    return { ...called, commits: called.linesOf('commit'), branch: called.linesOf('branch')[0] }
  }

  /** A run of replies, each of which writes its files. */
  async function makeRun(replies: readonly Readonly<Record<string, string>>[], repository = testRepository()) {
    const { branch } = await call(repository, 'start')
    const fixes: string[] = []
    for (const files of replies) {
      for (const [path, content] of Object.entries(files)) repository.write(path, content)
      const { commits } = await call(repository, 'commit', [], reportOf(Object.keys(files)))
      fixes.push(commits[0] ?? '')
    }
    return { repository, branch: branch ?? '', fixes }
  }

  function expectClean({ git }: TestRepository) {
    expect(git('status', '--porcelain')).toBe('')
    expect(git('fsck', '--strict')).toBe('')
    expect(git('diff', '--cached')).toBe('')
  }

  /** Every hash in FIXES.md is a commit of the branch. */
  function expectResolved({ git }: TestRepository, branch = 'HEAD') {
    const named = git('show', `${branch}:FIXES.md`).match(/\b[0-9a-f]{40}\b/g) ?? []
    const reachable = git('rev-list', branch).split('\n')
    expect(named.filter((hash) => !reachable.includes(hash))).toEqual([])
    return named.length
  }

  test('undo on another branch than that of the run is refused', async () => {
    const { repository } = await makeRun([{ 'a.py': '1\n' }])
    using _ = repository
    const head = repository.git('rev-parse', 'HEAD')
    expect(await call(repository, 'undo', ['--run-branch=lr/other'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('not on lr/other: nothing was committed (git switch lr/other)') as string,
    })
    expect(repository.git('rev-parse', 'HEAD')).toBe(head)
    const branch = repository.git('branch', '--show-current')
    expect(await call(repository, 'undo', [`--run-branch=${branch}`])).toMatchObject({ status: 0 })
  })

  test('undo makes a reverting commit for each reply, the last one first', async () => {
    const { repository, fixes } = await makeRun([
      { 'a.py': '1\n' },
      { 'a.py': '2\n', new: 'n\n' },
      { 'src/b.py': '3\n' },
    ])
    using _ = repository
    const { git, path } = repository
    const undone = await call(repository, 'undo', ['2'])
    expect(undone.status).toBe(0)
    expect(git('show', '-s', '--format=%s', ...undone.commits.slice(0, 2))).toBe(
      'Revert "lr: it was wrong"\nRevert "lr: it was wrong"',
    )
    expect(git('show', '-s', '--format=%b', undone.commits[0] ?? '')).toContain(`This reverts commit ${fixes[2]}.`)
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('1\n')
    expect(git('ls-files')).toBe('FIXES.md\na.py\nsrc/b.py')
    expectClean(repository)
    expectResolved(repository)
    expect(await call(repository, 'undo', ['2'])).toMatchObject({
      status: 2,
      stderr: 'lr-git: 2: only 1 can be undone\n',
    })
    expect(await call(repository, 'undo')).toMatchObject({ status: 0 })
    expect(git('diff', '--stat', 'main', '--', '.', ':!FIXES.md')).toBe('')
    expect(await call(repository, 'undo')).toMatchObject({ status: 1, stderr: 'lr-git: nothing to undo\n' })
  })

  test.each([
    ['changed', 'has changes that are not committed'],
    ['staged', 'you have staged another version'],
  ])('undo refuses a file that the user has %s, and touches nothing', async (how, reason) => {
    const { repository } = await makeRun([{ 'a.py': '1\n', 'src/b.py': '1\n' }])
    using _ = repository
    repository.write('a.py', 'mine\n')
    if (how === 'staged') repository.git('add', 'a.py')
    const before = repository.git('status', '--porcelain')
    expect(await call(repository, 'undo')).toMatchObject({ status: 3, stderr: expect.stringContaining(reason) })
    expect(repository.git('status', '--porcelain')).toBe(before)
    expect(readFileSync(join(repository.path, 'src/b.py'), 'utf8')).toBe('1\n')
  })

  test('best brings the files of a commit back, and FIXES.md grows', async () => {
    const { repository, fixes } = await makeRun([{ 'a.py': 'best\n' }])
    using _ = repository
    const { git, path } = repository
    repository.write('a.py', 'worse\n')
    repository.write('new', 'n\n')
    await call(repository, 'commit', [], reportOf(['a.py', 'new']))
    expect(await call(repository, 'best', [fixes[0] ?? ''])).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('best\n')
    expect(git('ls-files')).toBe('FIXES.md\na.py\nsrc/b.py')
    expectClean(repository)
    expect(expectResolved(repository)).toBe(4)
    expect(await call(repository, 'best', [fixes[0] ?? ''])).toMatchObject({ status: 1 })
    expect(await call(repository, 'best', ['nonsense'])).toMatchObject({ status: 3 })
  })

  test('finish brings the branch forward and returns to it; the run stays', async () => {
    const { repository, branch, fixes } = await makeRun([{ 'a.py': '1\n' }, { 'a.py': '2\n' }])
    using _ = repository
    const { git } = repository
    const tip = git('rev-parse', 'HEAD')
    const finished = await call(repository, 'finish')
    expect(finished).toMatchObject({ status: 0, branch: 'main' })
    expect(finished.commits).toContain(fixes[1])
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(git('rev-parse', 'main', branch)).toBe(`${tip}\n${tip}`)
    expectClean(repository)
    expect(git('reflog', 'main', '-1', '--format=%gs')).toBe(`lr-git finish: ${branch}`)
  })

  test('finish --squash puts one commit there, then FIXES.md that names it', async () => {
    const { repository, branch } = await makeRun([{ 'a.py': '1\n' }, { 'a.py': '2\n', new: 'n\n' }])
    using _ = repository
    const { git } = repository
    const tip = git('rev-parse', 'HEAD')
    const finished = await call(repository, 'finish', ['--squash'])
    expect(finished).toMatchObject({ status: 0, branch: 'main' })
    expect(git('rev-list', 'main')).toBe([...finished.commits.toReversed(), git('rev-parse', 'main~2')].join('\n'))
    expect(git('show', '--format=%s', '--name-only', finished.commits[0] ?? '')).toBe('lr: a.py, new\n\na.py\nnew')
    expect(git('rev-parse', branch)).toBe(tip)
    expect(git('diff', '--stat', branch, '--', '.', ':!FIXES.md')).toBe('')
    expectClean(repository)
    expect(expectResolved(repository, 'main')).toBe(2)
  })

  test('finish --squash: the commit of what was not committed yet is named no more, either', async () => {
    using repository = testRepository()
    const { git, write } = repository
    write('a.py', 'mine\n')
    await call(repository, 'start', ['--dirty=commit'])
    const begin = git('rev-parse', 'HEAD')
    write('a.py', 'worse\n')
    await call(repository, 'commit', [], reportOf(['a.py']))
    expect(await call(repository, 'best', [begin])).toMatchObject({ status: 0 })
    expect(git('show', 'HEAD:FIXES.md')).toContain(begin)
    expect(await call(repository, 'finish', ['--squash'])).toMatchObject({ status: 0 })
    expect(expectResolved(repository, 'main')).toBe(3)
    expectClean(repository)
  })

  test('finish refuses a branch that has moved on, and says so where there is nothing', async () => {
    const { repository, branch } = await makeRun([{ 'a.py': '1\n' }])
    using _ = repository
    const { git } = repository
    git('branch', '-f', 'main', git('commit-tree', '-p', 'main', '-m', 'other', 'main^{tree}'))
    expect(await call(repository, 'finish')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('has moved on'),
    })
    expect(git('branch', '--show-current')).toBe(branch)
    using other = testRepository()
    await call(other, 'start')
    expect(await call(other, 'finish')).toMatchObject({ status: 1, branch: 'main' })
    expect(await call(other, 'finish')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('not the branch of a run'),
    })
  })

  test('abandon goes back to where the run started; the run stays', async () => {
    const { repository, branch } = await makeRun([{ 'a.py': '1\n' }, { 'src/b.py': '2\n', new: 'n\n' }])
    using _ = repository
    const { git, path } = repository
    const tip = git('rev-parse', 'HEAD')
    repository.write('untracked', 'u\n')
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0, branch: 'main' })
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(git('status', '--porcelain')).toBe('?? untracked')
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a\n')
    expect(git('rev-parse', branch)).toBe(tip)
  })

  test.each([['finish'], ['abandon']])(
    '%s without a commit to return to, and from a detached head',
    async (command) => {
      const unborn = await makeRun([{ x: '1\n' }], testRepository({}))
      using one = unborn.repository
      expect(await call(one, command)).toMatchObject({ status: 0, branch: 'main' })
      expect(one.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
      expect(one.git('status', '--porcelain')).toBe('')
      expect(one.git('ls-files')).toBe(command === 'finish' ? 'FIXES.md\nx' : '')

      using two = testRepository()
      two.git('checkout', '-q', '--detach')
      await makeRun([{ 'a.py': '1\n' }], two)
      expect(await call(two, command)).toMatchObject({ status: 0, branch: undefined })
      expect(two.git('branch', '--show-current')).toBe('')
      expect(two.git('rev-list', '--count', 'HEAD')).toBe(command === 'finish' ? '3' : '1')
      expectClean(two)
    },
  )

  test('a record that is damaged is not taken for none', async () => {
    const { repository, branch } = await makeRun([{ 'a.py': '1\n' }])
    using _ = repository
    repository.write(`.git/lr/runs/${encodeURIComponent(branch)}.json`, '{"branch":')
    repository.write('a.py', '2\n')
    expect(await call(repository, 'commit', [], reportOf(['a.py']))).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('damaged (remove it to forget that run)'),
    })
  })

  test('status shows the run', async () => {
    const { repository, branch, fixes } = await makeRun([{ 'a.py': '1\n' }, { 'a.py': '2\n' }])
    using _ = repository
    await call(repository, 'undo')
    repository.write('a.py', 'mine\n')
    const shown = await call(repository, 'status')
    expect(shown).toMatchObject({ status: 0, branch, commits: [fixes[0]] })
    expect(shown.stdout).toMatch(/^Started from main; uncommitted: a.py\n/)
  })
})
