import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, testRepository } from './support/test-repository.ts'

describe.skipIf(!hasProgram('git')).each(['git', 'native'])('a repository without a commit --engine %s', (engine) => {
  const call = callerOf(engine)

  test.each([
    ['at the first commit', ['--at-first-commit'], ''],
    ['at once', [], ''],
    ['at the first commit, staged', ['--at-first-commit', '--dirty=carry'], 'a.py'],
    ['at once, staged', ['--dirty=carry'], 'a.py'],
  ])('abandon brings the files back, and HEAD is on main as before: branch made %s', async (_when, args, staged) => {
    using repository = testRepository({})
    const { git, path, write } = repository
    write('a.py', 'a\n')
    write('other.py', 'other\n')
    if (staged !== '') git('add', staged)
    const before = git('status', '--porcelain')
    const env = { LR_SOURCES: 'a.py' }
    const started = await call(repository, 'start', [...args, 'run/x'], '', env)
    expect(started).toMatchObject({ status: 0 })
    write('a.py', 'fixed\n')
    expect(await call(repository, 'commit', ['--run-branch=run/x'], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(git('branch', '--format=%(refname:short)')).toBe('run/x')
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0, stdout: '<<<< branch <<<<\nmain\n>>>>>>>>\n' })
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a\n')
    expect(readFileSync(join(path, 'other.py'), 'utf8')).toBe('other\n')
    expect(existsSync(join(path, 'FIXES.md'))).toBe(false)
    expect(git('status', '--porcelain')).toBe(before)
    expect(git('show', 'run/x:a.py')).toBe('fixed')
  })

  test('a run without a commit leaves no branch', async () => {
    using repository = testRepository({})
    const { git, write } = repository
    write('a.py', 'a\n')
    await call(repository, 'start', ['--at-first-commit', 'run/x'], '', { LR_SOURCES: 'a.py' })
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0 })
    expect(git('for-each-ref')).toBe('')
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/main')
    expect(git('status', '--porcelain')).toBe('?? a.py')
  })
})
