import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, hasProgram, LAZY_FETCHES, makePartialClone, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { reportOf, runGit, type TestRepository, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

/** Keys whose values are programs that some git command runs, and what makes git think of running them. */
const KEYS: readonly (readonly [key: string, more?: Readonly<Record<string, string>>])[] = [
  ['core.fsmonitor'],
  ['core.pager', { 'pager.status': 'true' }],
  ['core.editor'],
  ['core.sshCommand', { 'remote.origin.url': 'ssh://example.invalid/x' }],
  ['core.gitProxy'],
  ['core.askPass'],
  ['core.alternateRefsCommand'],
  ['sequence.editor'],
  ['diff.external'],
  ['diff.evil.command'],
  ['diff.evil.textconv'],
  ['merge.evil.driver'],
  ['filter.evil.clean'],
  ['filter.evil.smudge'],
  ['filter.evil.process'],
  ['filter.evil.clean', { 'filter.evil.required': 'true' }],
  ['filter.a.b=c.clean'],
  ['gpg.program', { 'commit.gpgSign': 'true' }],
  ['gpg.openpgp.program', { 'commit.gpgSign': 'true', 'tag.gpgSign': 'true' }],
  ['gpg.x509.program', { 'commit.gpgSign': 'true' }],
  ['gpg.ssh.program', { 'commit.gpgSign': 'true', 'gpg.format': 'ssh', 'user.signingKey': 'x' }],
  ['gpg.ssh.defaultKeyCommand', { 'commit.gpgSign': 'true', 'gpg.format': 'ssh' }],
  ['credential.helper'],
  ['credential.https://example.invalid.helper'],
  ['uploadpack.packObjectsHook'],
  ['remote.origin.uploadpack'],
  ['remote.origin.receivepack'],
  ['remote.origin.vcs', { 'protocol.ext.allow': 'always' }],
  ['submodule.sub.update', { 'submodule.recurse': 'true', 'submodule.sub.url': '/nowhere' }],
  ['interactive.diffFilter'],
  ['diff.tool', { 'difftool.evil.cmd': 'evil', 'mergetool.evil.cmd': 'evil' }],
  ['alias.status'],
  ['alias.update-index'],
  ['alias.commit-tree'],
  ['pager.log'],
  ['trailer.evil.command'],
  ['trailer.evil.cmd'],
  ['sendemail.smtpServer'],
  ['man.evil.cmd'],
  ['init.templateDir'],
  ['browser.evil.cmd'],
]

const HOOKS = [
  'pre-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'post-checkout',
  'post-index-change',
  'reference-transaction',
  'post-rewrite',
  'pre-auto-gc',
  'fsmonitor-watchman',
]

/** A repository in which `configure` has set traps, and the programs that leave a mark when they run. */
function trap(configure: (repository: TestRepository, program: string) => void): {
  repository: TestRepository
  marks: string
} {
  const repository = testRepository()
  const marks = join(repository.path, '.git', 'marks')
  mkdirSync(marks)
  const program = join(repository.path, '.git', 'evil')
  writeFileSync(program, `#!/bin/sh\ntouch ${marks}/$$\ncat\n`)
  chmodSync(program, 0o755)
  // Everything is as young as the index, so that git looks into the files again.
  writeFileSync(
    join(repository.path, '.git/info/attributes'),
    '*.py filter=evil diff=evil merge=evil\n*.sh filter=a.b=c\n',
  )
  repository.write('x.sh', 'x\n')
  repository.write('plain.txt', 'x\n')
  repository.git('-c', 'filter.evil.clean=', 'add', '-A')
  repository.git('commit', '-q', '-m', 'more')
  configure(repository, program)
  return { repository, marks }
}

/** Every command, on a file without a filter. */
async function callAll({ path, write }: TestRepository, engine: string): Promise<number[]> {
  const call = async (args: readonly string[], stdin = '') =>
    (await run('lr-git', [...args, `--engine=${engine}`], { cwd: path, stdin })).status
  const statuses = [await call(['start'])]
  for (const content of ['1\n', '2\n', '3\n']) {
    write('plain.txt', content)
    statuses.push(await call(['commit'], reportOf(['plain.txt'])))
  }
  statuses.push(await call(['undo']), await call(['best', 'HEAD~3']), await call(['status']), await call(['abandon']))
  write('plain.txt', 'mine\n')
  statuses.push(await call(['start', '--dirty=commit']))
  write('plain.txt', '4\n')
  statuses.push(await call(['commit'], reportOf(['plain.txt'])), await call(['finish', '--squash']))
  return statuses
}

describe.skipIf(!hasProgram('git')).each(ENGINES)(
  'nothing that a repository configures is run by --engine %s (needs git)',
  (engine) => {
    test.each([
      ['of its configuration', '.git/config'],
      ['of a file that it includes on a condition', 'evil-config'],
    ])('all program-naming keys at once, %s', async (_where, file) => {
      const { repository, marks } = trap(({ git, path }, program) => {
        for (const [key, more = {}] of KEYS) {
          for (const [name, value] of Object.entries({ [key]: program, ...more })) {
            git('config', '--file', file, name, /^alias\.|\.update$/.test(name) ? `!${program}` : value)
          }
        }
        if (file !== '.git/config') git('config', 'includeIf.gitdir:**.path', join(path, file))
      })
      using _ = repository
      expect(repository.git('config', 'core.fsmonitor')).toContain('evil')
      expect(await callAll(repository, engine)).toEqual(Array.from({ length: 11 }, () => 0))
      expect(readdirSync(marks)).toEqual([])
    })

    test('the traps would work: a plain git runs them', () => {
      const { repository, marks } = trap(({ git }, program) => {
        git('config', 'core.fsmonitor', program)
        git('config', 'filter.evil.clean', program)
      })
      using _ = repository
      repository.git('status')
      expect(readdirSync(marks)).not.toEqual([])
    })

    test('hooks, in the git folder and in the working tree', async () => {
      const { repository, marks } = trap(({ git, path }, program) => {
        for (const folder of ['.git/hooks', '.husky']) {
          mkdirSync(join(path, folder), { recursive: true })
          for (const hook of HOOKS) {
            writeFileSync(join(path, folder, hook), `#!/bin/sh\nexec ${program}\n`)
            chmodSync(join(path, folder, hook), 0o755)
          }
        }
        git('config', 'core.hooksPath', '.husky')
      })
      using _ = repository
      expect(await callAll(repository, engine)).toEqual(Array.from({ length: 11 }, () => 0))
      expect(readdirSync(marks)).toEqual([])
    })

    test.each(['FIXES.md', 'src'])('%s is not there: it is not fetched, nor taken for nothing', async (name) => {
      const { repository, marks } = trap(({ git, path }, program) => {
        writeFileSync(join(path, 'FIXES.md'), 'mine\n')
        git('add', 'FIXES.md')
        git('commit', '-qm', 'fixes')
        const settings = {
          'core.repositoryFormatVersion': '1',
          'extensions.partialClone': 'origin',
          'remote.origin.promisor': 'true',
          'remote.origin.url': path,
          'remote.origin.uploadpack': program,
        }
        for (const [key, value] of Object.entries(settings)) git('config', key, value)
        const hash = git('rev-parse', `HEAD:${name}`)
        rmSync(join(path, '.git/objects', hash.slice(0, 2), hash.slice(2)), { force: true })
      })
      using _ = repository
      const file = name === 'src' ? 'src/new' : 'plain.txt'
      repository.write(file, 'fixed\n')
      const args = ['commit', `--engine=${engine}`]
      const ran = await run('lr-git', args, { cwd: repository.path, stdin: reportOf([file]) })
      expect({ ...ran, marks: readdirSync(marks) }).toMatchObject({ status: 3, stdout: '', marks: [] })
    })

    test('a file with a filter is refused by name', async () => {
      const { repository, marks } = trap(({ git }, program) => git('config', 'filter.evil.clean', program))
      using _ = repository
      repository.write('a.py', 'fixed\n')
      const ran = await run('lr-git', ['commit', `--engine=${engine}`], {
        cwd: repository.path,
        stdin: reportOf(['a.py']),
      })
      expect(ran).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(/^lr-git: a.py: its attribute filter=evil/),
      })
      expect(readdirSync(marks)).toEqual([])
    })
  },
)

describe.skipIf(!hasProgram('git'))('a linked working tree (needs git)', () => {
  test.each([
    ['start', '--dirty=worktree'],
    ['fork', '../forked'],
  ])('is made by %s %s without a hook', async (command, operand) => {
    using outer = tempFolder()
    using repository = testRepository()
    const { git, path } = repository
    const mark = join(outer.path, 'mark')
    const folder = join(outer.path, 'inner')
    mkdirSync(join(path, '.git/hooks'), { recursive: true })
    for (const hook of HOOKS) {
      writeFileSync(join(path, '.git/hooks', hook), `#!/bin/sh\ntouch ${mark}\n`)
      chmodSync(join(path, '.git/hooks', hook), 0o755)
    }
    git('clone', '-q', path, folder)
    cpSync(join(path, '.git/hooks'), join(folder, '.git/hooks'), { recursive: true })
    writeFileSync(join(folder, 'a.py'), 'mine\n')
    expect(await run('lr-git', [command, operand], { cwd: folder })).toMatchObject({ status: 0 })
    expect(existsSync(mark)).toBe(false)
  })

  test('is refused by start --dirty=worktree where a file needs a filter', async () => {
    using outer = tempFolder({ 'inner/a.bin': 'x\n' })
    const folder = join(outer.path, 'inner')
    writeFileSync(join(folder, '.gitattributes'), '*.bin filter=lfs\n')
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['commit', '-qm', 'x'],
    ])
      runGit(folder, args)
    writeFileSync(join(folder, '.gitattributes'), '*.bin filter=lfs\n\n')
    expect(await run('lr-git', ['start', '--dirty=worktree'], { cwd: folder })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('a.bin: its attribute filter=lfs changes what is stored (see --filters)'),
    })
    expect(readdirSync(outer.path)).toEqual(['inner'])
    expect(runGit(folder, ['worktree', 'list']).split('\n')).toHaveLength(1)
    expect(await run('lr-git', ['start', '--filters', '--dirty=worktree'], { cwd: folder })).toMatchObject({
      status: 0,
    })
  })
})

test.skipIf(!hasProgram('git')).each(['filters', 'sign', 'hooks'])(
  'a file in the repository cannot ask for --%s (needs git)',
  async (option) => {
    using repository = testRepository()
    repository.write('lr.yaml', `git:\n  ${option}: true\n`)
    repository.write('a.py', 'fixed\n')
    const ran = await run('lr-git', ['commit'], { cwd: repository.path, stdin: reportOf(['a.py']) })
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining(`git.${option}: is for the command line`) })
    repository.write('lr.yaml', '')
    const name = `LR_GIT_${option.toUpperCase()}`
    const shown = await run('lr-git', ['commit', '--show-config'], { cwd: repository.path, env: { [name]: '1' } })
    expect(shown).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(name) })
  },
)

test.skipIf(!hasProgram('git'))('a git that lies in the working tree is not run (needs git)', async () => {
  using repository = testRepository()
  using elsewhere = tempFolder()
  const mark = join(elsewhere.path, 'mark')
  repository.write('git', `#!/bin/sh\ntouch ${mark}\n`)
  chmodSync(join(repository.path, 'git'), 0o755)
  const path = `${repository.path}:.:${process.env['PATH'] ?? ''}`
  expect(await run('lr-git', ['start'], { cwd: repository.path, env: { PATH: path } })).toMatchObject({ status: 0 })
  expect(existsSync(mark)).toBe(false)
})

describe.skipIf(!hasProgram('git')).each(LAZY_FETCHES)('a partial clone of %s (needs git)', (_how, settings) => {
  const CALLS = [['start'], ['start', '--dirty=carry'], ['status'], ['commit'], ['undo'], ['abandon']]

  test.each(ENGINES.flatMap((engine) => CALLS.map((call) => [...call, `--engine=${engine}`])))(
    'is not fetched by %s %s',
    async (...call) => {
      using folder = tempFolder({ 'a.txt': 'a\n', 'b.txt': 'b\n' })
      const clone = makePartialClone(folder.path, 'a.txt', settings, bareEnvironment())
      await run('lr-git', call, { cwd: folder.path, stdin: reportOf(['a.txt']) })
      expect(clone.ranProgram()).toBe(false)
    },
  )

  test('is fetched by a plain git: the trap would work', async () => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    const clone = makePartialClone(folder.path, 'a.txt', settings, bareEnvironment())
    await run('git', ['diff'], { cwd: folder.path })
    expect(clone.ranProgram()).toBe(true)
  })
})
