import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { testRepository } from '../support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

describe.skipIf(!hasProgram('git')).each(ENGINES)('lr-git start --engine %s (needs git)', (engine) => {
  const args = ['start', `--engine=${engine}`]

  test('makes a branch and switches to it', async () => {
    using repository = testRepository()
    const { path, git, write } = repository
    write('untracked', '')
    const ran = await run('lr-git', [...args, '--slug', 'Größe, Lücken!'], { cwd: path })
    expect(ran.status).toBe(0)
    const branch = git('branch', '--show-current')
    expect(branch).toMatch(/^lr\/\d{8}-\d{6}-gro-e-lucken$/)
    expect(ran.stdout).toBe(`<<<< branch <<<<\n${branch}\n>>>>>>>>\n`)
    expect(git('rev-parse', 'HEAD', 'main').split('\n').at(0)).toBe(git('rev-parse', 'main'))
    expect(git('reflog', '-1', '--format=%gs')).toBe('lr-git start: from main')
  })

  test('takes a name, and refuses one that is taken', async () => {
    using repository = testRepository()
    const { path, git } = repository
    expect(await run('lr-git', [...args, 'mine/1'], { cwd: path })).toMatchObject({ status: 0 })
    expect(git('branch', '--show-current')).toBe('mine/1')
    expect(await run('lr-git', [...args, 'main'], { cwd: path })).toMatchObject({
      status: 3,
      stderr: 'lr-git: main: a branch of that name exists (name another)\n',
    })
  })

  test.each([
    { branch: 'lr', name: [], target: 'lr/' },
    { branch: 'a', name: ['a/b/c'], target: 'a/b/c' },
    { branch: 'a/b/c', name: ['a'], target: 'a' },
    { branch: 'a/b/c', name: ['a/b'], target: 'a/b' },
  ])('refuses a name beside the branch $branch: $name', async ({ branch, name, target }) => {
    for (const pack of [false, true]) {
      using repository = testRepository()
      const { path, git } = repository
      git('branch', branch)
      if (pack) git('pack-refs', '--all')
      for (const more of [[], ['--at-first-commit']]) {
        const ran = await run('lr-git', [...args, ...more, ...name], { cwd: path })
        expect(ran).toMatchObject({ status: 3, stdout: '' })
        expect(ran.stderr).toContain(`lr-git: ${branch}: is in the way of a branch ${target}`)
        expect(ran.stderr).toContain('lr-loop --branch NAME)')
      }
      expect(git('for-each-ref', '--format=%(refname)')).toBe(
        `refs/heads/${branch}\nrefs/heads/main`.split('\n').sort().join('\n'),
      )
      expect(await run('lr-git', [...args, 'other'], { cwd: path })).toMatchObject({ status: 0 })
    }
    using unborn = testRepository({})
    unborn.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    expect(await run('lr-git', [...args, ...name], { cwd: unborn.path })).toMatchObject({ status: 3 })
  })

  test.each(['-x', 'a..b', 'a b', 'HEAD', 'x.lock', 'a//b', 'ü', 'refs/heads/x', '@{1}', '.a'])(
    'refuses %s as a name',
    async (name) => {
      using repository = testRepository()
      const ran = await run('lr-git', [...args, '--', name], { cwd: repository.path })
      expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('no name for a branch') })
    },
  )

  test('works without a commit and on a detached head', async () => {
    using repository = testRepository({})
    const { path, git } = repository
    expect(await run('lr-git', [...args, 'x/y'], { cwd: path })).toMatchObject({ status: 0 })
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/x/y')
    using other = testRepository()
    other.git('checkout', '-q', '--detach')
    expect(await run('lr-git', args, { cwd: other.path })).toMatchObject({ status: 0 })
    expect(other.git('branch', '--show-current')).toMatch(/^lr\//)
  })

  test.each([
    ['changed', ['status']],
    ['staged', ['add', 'a.py']],
  ])('refuses a tree with a file that is %s', async (_name, command) => {
    using repository = testRepository()
    const { path, git, write } = repository
    write('a.py', 'mine\n')
    git(...command)
    const ran = await run('lr-git', args, { cwd: path })
    expect(ran).toEqual({
      status: 3,
      stdout: '',
      stderr: 'lr-git: a.py: uncommitted changes (commit them first, or see --dirty)\n',
    })
    expect(git('branch', '--show-current')).toBe('main')
  })

  test('refuses without an identity: a run that could not commit had better not begin', async () => {
    using repository = testRepository()
    const env = {
      GIT_AUTHOR_NAME: '',
      GIT_AUTHOR_EMAIL: '',
      GIT_COMMITTER_NAME: '',
      GIT_COMMITTER_EMAIL: '',
      EMAIL: '',
    }
    expect(await run('lr-git', args, { cwd: repository.path, env })).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(
        /^lr-git: user.name and user.email: not set; .*'Your Name'; .* you@example.com\)\n$/,
      ),
    })
    expect(repository.git('branch', '--show-current')).toBe('main')
  })

  test('refuses a file that is gone', async () => {
    using repository = testRepository()
    rmSync(join(repository.path, 'a.py'))
    expect(await run('lr-git', args, { cwd: repository.path })).toMatchObject({ status: 3 })
  })
})

test('refuses a folder without a repository', async () => {
  using folder = tempFolder()
  const { path } = folder
  expect(await run('lr-git', ['start'], { cwd: path })).toEqual({
    status: 3,
    stdout: '',
    stderr: `lr-git: ${path}: not a git repository (run 'git init' there)\n`,
  })
  writeFileSync(join(path, '.git'), 'gitdir: nowhere\n')
  expect(await run('lr-git', ['start'], { cwd: path })).toMatchObject({ status: 3 })
})

test.each(['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE'])('refuses with %s', async (name) => {
  using repository = testRepository()
  const ran = await run('lr-git', ['start'], { cwd: repository.path, env: { [name]: '/elsewhere' } })
  expect(ran).toMatchObject({ status: 3, stderr: expect.stringContaining(`${name} is set`) })
})
