import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { reportOf, runGit, type TestRepository, testRepository } from './support/test-repository.ts'

const REPORT = reportOf(['a.py'])

function writeProgram(path: string, script: string): string {
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

function commit({ path }: TestRepository, args: readonly string[], env: Record<string, string> = {}) {
  return run('lr-git', ['commit', ...args], { cwd: path, stdin: REPORT, env })
}

describe.skipIf(!hasProgram('git'))('what is done only when asked for (needs git)', () => {
  test('--filters: a file goes through its filter, in and out', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    git('config', 'filter.upper.clean', 'tr a-z A-Z')
    git('config', 'filter.upper.smudge', 'tr A-Z a-z')
    write('.gitattributes', '*.py filter=upper\n')
    git('add', '--renormalize', '.')
    git('add', '.gitattributes')
    git('commit', '-qm', 'filter')
    await run('lr-git', ['start', '--filters'], { cwd: path })
    write('a.py', 'fixed\n')
    expect(await commit(repository, [])).toMatchObject({ status: 3, stderr: expect.stringContaining('see --filters') })
    expect(await commit(repository, ['--filters'])).toMatchObject({ status: 0 })
    expect(git('show', 'HEAD:a.py')).toBe('FIXED')
    expect(git('status', '--porcelain')).toBe('')
    expect(await run('lr-git', ['undo'], { cwd: path })).toMatchObject({ status: 3 })
    expect(await run('lr-git', ['undo', '--filters'], { cwd: path })).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a\n')
  })

  test('status --filters: a file that the filter makes the same is unchanged', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    git('config', 'filter.upper.clean', 'tr a-z A-Z')
    write('.gitattributes', '*.py filter=upper\n')
    git('add', '--renormalize', '.')
    git('add', '.gitattributes')
    git('commit', '-qm', 'filter')
    await run('lr-git', ['start', '--filters'], { cwd: path })
    write('a.py', 'a\n')
    expect((await run('lr-git', ['status'], { cwd: path })).stdout).toContain('uncommitted: a.py')
    expect((await run('lr-git', ['status', '--filters'], { cwd: path })).stdout).toContain('nothing is uncommitted')
  })

  test.skipIf(!hasProgram('ssh-keygen'))(
    '--sign: commits carry a signature that git verifies (needs ssh-keygen)',
    async () => {
      using repository = testRepository()
      using keys = tempFolder()
      const { git, write } = repository
      const key = join(keys.path, 'key')
      expect(await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])).toMatchObject({ status: 0 })
      writeFileSync(join(keys.path, 'allowed'), `test@example.invalid ${readFileSync(`${key}.pub`, 'utf8')}`)
      for (const [name, value] of Object.entries({
        'gpg.format': 'ssh',
        'user.signingKey': key,
        'gpg.ssh.allowedSignersFile': join(keys.path, 'allowed'),
        'commit.gpgSign': 'true',
      })) {
        git('config', name, value)
      }
      write('a.py', 'fixed\n')
      expect(await commit(repository, ['--sign'])).toMatchObject({
        status: 0,
        stderr: expect.not.stringContaining('not signed'),
      })
      expect(git('log', '-2', '--format=%G?')).toBe('G\nG')
      expect(git('show', 'HEAD:FIXES.md')).toContain(`### Commit ${git('rev-parse', 'HEAD~1')}`)
      write('a.py', 'again\n')
      expect(await commit(repository, [])).toMatchObject({
        status: 0,
        stderr: expect.stringContaining('commits are not signed'),
      })
      expect(git('log', '-2', '--format=%G?')).toBe('N\nN')
    },
  )

  test('--hooks: they see the tree of the commit, may change its message, and may refuse it', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    mkdirSync(join(path, '.git/hooks'), { recursive: true })
    const hook = (name: string, script: string) => writeProgram(join(path, '.git/hooks', name), script)
    hook(
      'pre-commit',
      'git diff --cached --name-only; env | grep -c SECRET_KEY; git diff --cached --quiet -- a.py && exit 1; exit 0',
    )
    hook('commit-msg', 'sed -i "1s/^/[bot] /" "$1"')
    hook('post-commit', 'git rev-parse HEAD > .git/told')
    write('a.py', 'fixed\n')
    write('src/b.py', 'staged\n')
    git('add', 'src/b.py')
    const ran = await commit(repository, ['--hooks'], { SECRET_KEY: 'x' })
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringMatching(/^a\.py\n0\n/) })
    expect(git('show', '-s', '--format=%s', 'HEAD~1')).toBe('[bot] lr: it was wrong')
    expect(readFileSync(join(path, '.git/told'), 'utf8').trim()).toBe(git('rev-parse', 'HEAD'))
    hook('pre-commit', 'echo no >&2; exit 7')
    write('a.py', 'again\n')
    const head = git('rev-parse', 'HEAD')
    expect(await commit(repository, ['--hooks'])).toMatchObject({
      status: 3,
      stdout: '',
      stderr: 'no\nlr-git: hook pre-commit: ended with exit code 7 (not committed)\n',
    })
    expect(git('rev-parse', 'HEAD')).toBe(head)
    expect(git('status', '--porcelain')).toBe(' M a.py\nM  src/b.py')
  })

  test.each(['git', 'native'])('--notes: prompt and reply travel as a note (--engine %s)', async (engine) => {
    using repository = testRepository()
    using runs = tempFolder({
      'run-1/2/prompt.out': 'the prompt\n',
      'run-1/2/llm.out': '<<<< a.py <<<<\nx\n>>>>>>>>\n',
    })
    const { git, write } = repository
    const env = { LR_RUN_DIR: join(runs.path, 'run-1'), LR_ITERATION: '2' }
    for (const content of ['1\n', '2\n']) {
      write('a.py', content)
      expect(await commit(repository, ['--notes', `--engine=${engine}`], env)).toMatchObject({ status: 0 })
    }
    for (const revision of ['HEAD~1', 'HEAD~3']) {
      expect(parseStream(`${git('notes', '--ref=lr', 'show', revision)}\n`)).toEqual([
        { name: 'prompt', content: 'the prompt\n' },
        { name: 'reply', content: '<<<< a.py <<<<\nx\n>>>>>>>>\n' },
      ])
    }
    expect(git('show', '-s', '--format=%b', 'HEAD~1')).toContain('Lr-Run: run-1\nLr-Iteration: 2')
    expect(git('fsck', '--strict')).toBe('')
    write('a.py', '3\n')
    expect(await commit(repository, ['--notes', `--engine=${engine}`])).toMatchObject({
      status: 2,
      stderr: 'lr-git: option --notes: needs LR_RUN_DIR and LR_ITERATION, which lr-loop sets\n',
    })
  })

  test.each(['git', 'native'])(
    '--notes: a run is pushed, fetched into another clone and replayed there (--engine %s)',
    async (engine) => {
      using repository = testRepository()
      using runs = tempFolder({})
      using elsewhere = tempFolder({})
      const { git, path } = repository
      const replies = [
        '<<<< a.py <<<<\n1\n>>>>>>>>\nWhy: one.\n',
        '<<<< a.py <<<<\n2\n>>>>>>>>\n<<<< c/d <<<<\nd\n>>>>>>>>\n',
      ]
      await run('lr-git', ['start', 'lr/run'], { cwd: path })
      for (const [index, reply] of replies.entries()) {
        const folder = join(runs.path, String(index + 1))
        mkdirSync(folder)
        writeFileSync(join(folder, 'prompt.out'), `fix it, ${index}\n`)
        writeFileSync(join(folder, 'llm.out'), reply)
        const { stdout: stdin } = await run('lr-apply', [], { cwd: path, stdin: reply })
        const env = { LR_RUN_DIR: runs.path, LR_ITERATION: String(index + 1) }
        const args = ['commit', '--notes', `--engine=${engine}`]
        expect(await run('lr-git', args, { cwd: path, stdin, env })).toMatchObject({ status: 0 })
      }
      const fixes = git('log', '--reverse', '--format=%H', '--grep=^Lr-Files:', 'main..').split('\n')
      const [hub, other] = [join(elsewhere.path, 'hub'), join(elsewhere.path, 'other')]
      git('init', '-q', '--bare', hub)
      git('push', '-q', hub, 'main', 'lr/run', 'refs/notes/lr')
      git('clone', '-q', '-b', 'main', hub, other)
      runGit(other, ['fetch', '-q', 'origin', 'lr/run', 'refs/notes/lr:refs/notes/lr'])
      for (const [index, fix] of fixes.entries()) {
        const show = `git notes --ref=lr show ${fix} | lr-blocks get`
        expect(await bash(`${show} prompt`, { cwd: other })).toMatchObject({ status: 0, stdout: `fix it, ${index}\n` })
        expect(await bash(`${show} reply`, { cwd: other })).toMatchObject({ status: 0, stdout: replies[index] })
        expect(await bash(`${show} reply | lr-apply`, { cwd: other })).toMatchObject({ status: 0 })
        runGit(other, ['add', '-A'])
        expect(runGit(other, ['diff', '--cached', '--stat', fix, '--', '.', ':!FIXES.md'])).toBe('')
      }
      expect(fixes).toHaveLength(2)
    },
  )

  test.each(['--filters', '--sign', '--hooks'])('native refuses %s by name', async (option) => {
    using repository = testRepository()
    repository.write('a.py', 'fixed\n')
    expect(await commit(repository, [option, '--engine=native'])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(new RegExp(`^lr-git: ${option}: .*native.*install git`)),
    })
    expect(existsSync(join(repository.path, 'FIXES.md'))).toBe(false)
  })

  test.each([
    ['status', '--sign'],
    ['status', '--lock-timeout=1s'],
    ['verify', '--sign'],
    ['verify', '--filters'],
    ['verify', '--lock-timeout=1s'],
  ])('%s has no %s, which would change nothing', async (command, option) => {
    using repository = testRepository()
    expect(await run('lr-git', [command, option], { cwd: repository.path })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('unknown option'),
    })
  })

  test('an interrupt leaves no lock, no commit and no child', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    mkdirSync(join(path, '.git/hooks'), { recursive: true })
    writeProgram(join(path, '.git/hooks/pre-commit'), 'touch .git/waiting; sleep 60; touch .git/waited')
    write('a.py', 'fixed\n')
    // The interrupt comes when the hook runs, which is when the lock is held.
    const line = 'lr-git commit --hooks & while [ ! -e .git/waiting ]; do sleep 0.02; done; kill -INT $!; wait $!'
    expect(await run('bash', ['-c', `set -m; ${line}`], { cwd: path, stdin: REPORT })).toMatchObject({
      status: 130,
      stdout: '',
    })
    expect(existsSync(join(path, '.git/index.lock'))).toBe(false)
    expect(git('status', '--porcelain')).toBe(' M a.py')
    expect(git('rev-list', '--count', 'HEAD')).toBe('1')
    repository.git('config', 'core.hooksPath', '/dev/null')
    expect(await commit(repository, ['--hooks'])).toMatchObject({ status: 0 })
  })
})
