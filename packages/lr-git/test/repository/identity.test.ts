import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { parseConfigList, readIdentity } from '@loop-runner/git-engine'
import { reportOf, testRepository } from '../support/test-repository.ts'

const ENGINES = ['git', 'native'] as const
const NOW = new Date(1_767_225_600_000)

/** Where an identity may be written: files under the home, settings of the repository, the environment. */
const SCOPES: readonly {
  readonly name: string
  readonly home?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}[] = [
  { name: 'the home folder', home: { '.gitconfig': '[user]\nname = A\nemail = a@a\n' } },
  { name: '$XDG_CONFIG_HOME', home: { '.config/git/config': '[user]\nname = A\nemail = a@a\n' } },
  {
    name: 'an included file',
    home: { '.gitconfig': '[include]\npath = more/id\n', 'more/id': '[user]\nname = A\nemail = a@a\n' },
  },
  {
    name: 'a file included for this folder',
    home: {
      '.gitconfig': '[user]\nname = B\nemail = b@b\n[includeIf "gitdir:**/lr-test-*/"]\npath = ~/id\n',
      id: '[user]\nname = A\n',
    },
  },
  {
    name: 'a file included for this branch',
    home: { '.gitconfig': '[includeIf "onbranch:ma*"]\npath = id\n', id: '[user]\nname = A\nemail = a@a\n' },
  },
  {
    name: 'a file included for another folder',
    home: {
      '.gitconfig': '[user]\nname = B\nemail = b@b\n[includeIf "gitdir:~/work/"]\npath = id\n',
      id: '[user]\nname = A\n',
    },
  },
  {
    name: 'the repository, over the home folder',
    home: { '.gitconfig': '[user]\nname = A\nemail = a@a\n' },
    config: { 'user.name': 'C, "the" <third>' },
  },
  { name: 'author and committer apart', config: { 'user.name': 'A', 'user.email': 'a@a', 'committer.email': 'c@c' } },
  {
    name: 'the environment, over everything',
    config: { 'user.name': 'A', 'user.email': 'a@a' },
    env: { GIT_AUTHOR_NAME: 'E', GIT_COMMITTER_EMAIL: 'e@e' },
  },
  {
    name: 'settings in the environment',
    config: { 'user.name': 'A', 'user.email': 'a@a' },
    env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'User.NAME', GIT_CONFIG_VALUE_0: 'S' },
  },
  { name: '$EMAIL', config: { 'user.name': 'A' }, env: { EMAIL: 'm@m' } },
]

describe.skipIf(!hasProgram('git'))('an identity is read as git reads it (needs git)', () => {
  test.each(SCOPES)('from $name', async ({ home = {}, config = {}, env = {} }) => {
    using repository = testRepository()
    using folder = tempFolder(home)
    const { git, path } = repository
    for (const [key, value] of Object.entries(config)) git('config', key, value)
    const unset = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' }
    const all: Record<string, string> = {
      ...unset,
      HOME: folder.path,
      GIT_AUTHOR_DATE: '@1767225600 +0200',
      GIT_COMMITTER_DATE: '@1767225600 +0200',
      ...env,
    }
    // Git takes an empty variable for an identity without a name: unset is what is meant.
    const names = Object.keys(all).filter((name) => all[name] === '')
    const cleared = [
      ...names.map((name) => `-u${name}`),
      ...Object.entries(all).flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])),
    ]
    const script = ['git', 'commit', '--allow-empty', '-qm', 'x']
    const theirs = await run('env', [...cleared, ...script], { cwd: path })
    expect(theirs).toMatchObject({ status: 0 })
    const wanted = git('cat-file', 'commit', 'HEAD').match(/^(author|committer) .*$/gm)
    for (const engine of ENGINES) {
      writeFileSync(join(path, 'a.py'), engine)
      const args = ['commit', `--engine=${engine}`]
      expect(await run('lr-git', args, { cwd: path, stdin: reportOf(['a.py']), env: all })).toMatchObject({ status: 0 })
      expect(git('cat-file', 'commit', 'HEAD').match(/^(author|committer) .*$/gm)).toEqual(wanted)
    }
  })

  test('both engines make the same commits, byte for byte', async () => {
    const tips = []
    for (const engine of ENGINES) {
      using repository = testRepository({ 'a.py': 'a\n', 'src/b.py': 'b\n', 'src/deep/c': 'c\n' })
      const { git, path } = repository
      const env = {
        GIT_AUTHOR_DATE: '@1767225600 +0000',
        GIT_COMMITTER_DATE: '@1767225600 +0000',
        LR_RUN_DIR: '/x/run',
      }
      // Without the repository's own first commit, whose time is another one.
      git('checkout', '-q', '--orphan', 'new')
      git('rm', '-rq', '--cached', '.')
      mkdirSync(join(path, 'new'))
      writeFileSync(join(path, 'new/x'), 'x\n')
      const call = (args: readonly string[], stdin = '') =>
        run('lr-git', [...args, `--engine=${engine}`], { cwd: path, stdin, env })
      await call(['start', 'lr/one'])
      await call(['commit'], reportOf(['a.py', 'new/x', 'src/deep/c']))
      writeFileSync(join(path, 'src/deep/c'), 'fixed\n')
      await call(['commit'], reportOf(['src/deep/c']))
      expect(await call(['undo'])).toMatchObject({ status: 0 })
      expect(await call(['best', 'HEAD~3'])).toMatchObject({ status: 0 })
      tips.push(`${git('rev-parse', 'HEAD')} after ${git('rev-list', '--count', 'HEAD')} commits`)
    }
    expect(tips[0]).toMatch(/ after 8 commits$/)
    expect(tips[0]).toBe(tips[1])
  })
})

describe('dates of the environment', () => {
  const config = parseConfigList('user.name\nA\0user.email\na@a\0')

  test.each([
    ['@1767225600 +0200', '1767225600 +0200'],
    ['1767225600 -0330', '1767225600 -0330'],
    ['1767225600', '1767225600 +0000'],
    ['2026-01-01T00:00:00Z', '1767225600 +0000'],
    ['2026-01-01 01:00:00 +0100', '1767225600 +0100'],
    ['2026-01-01T01:00:00+01:00', '1767225600 +0100'],
    ['Thu, 01 Jan 2026 00:00:00 +0000', '1767225600 +0000'],
  ])('%s', (written, wanted) => {
    expect(readIdentity({ GIT_AUTHOR_DATE: written }, config, NOW).author).toBe(`A <a@a> ${wanted}`)
  })

  test.each(['yesterday', '2026-01-01', 'noon +0000'])('"%s" would be a guess', (written) => {
    expect(() => readIdentity({ GIT_AUTHOR_DATE: written }, config, NOW)).toThrow(/^GIT_AUTHOR_DATE: .* is not a date/)
  })
})
