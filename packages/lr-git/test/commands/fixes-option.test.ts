import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { writeStream } from '@loop-runner/block-format'
import { callerOf, testRepository, type TestRepository } from '../support/test-repository.ts'

const reply = (explanation: string) =>
  writeStream([
    { name: 'changed', content: 'a.py\n' },
    { name: 'explanation', content: `${explanation}\n` },
  ])

describe.skipIf(!hasProgram('git')).each(['git', 'native'])('--fixes --engine %s', (engine) => {
  const call = callerOf(engine)

  /** A run of two replies that change a.py. */
  async function makeRun(repository: TestRepository, args: readonly string[]): Promise<void> {
    expect(await call(repository, 'start', ['run/x', ...args])).toMatchObject({ status: 0 })
    for (const [text, explanation] of [
      ['1\n', 'Half is right.'],
      ['2\n', 'All of it\nis right.\n\n- one\n- two'],
    ] as const) {
      repository.write('a.py', text)
      expect(await call(repository, 'commit', [], reply(explanation))).toMatchObject({ status: 0 })
    }
  }

  test('FILE has the entries, and no command takes it back', async () => {
    using repository = testRepository({ 'a.py': 'a\n', 'FIXES.md': 'mine\n', 'docs/x.md': '# X\n' })
    const { git, path } = repository
    const fixes = () => readFileSync(join(path, 'docs/why.md'), 'utf8')
    await makeRun(repository, ['--fixes=./docs/why.md'])
    expect(git('show', '--format=', '--name-only', 'HEAD', 'HEAD~1')).toBe('docs/why.md\na.py')
    expect(fixes()).toMatch(/^# Fixes\n\n## Run run\/x\n[^]*Half is right\.\n[^]*- two\n```\n$/)
    expect(await call(repository, 'undo')).toMatchObject({ status: 0 })
    expect(fixes()).toContain('### Undone: commit')
    expect(await call(repository, 'best', ['HEAD~3'])).toMatchObject({ status: 0 })
    expect(fixes()).toContain(': back to ')
    const finished = await call(repository, 'finish', ['--squash'])
    expect(git('show', '--format=', '--name-only', ...finished.linesOf('commit'))).toBe('a.py\ndocs/why.md')
    expect(fixes().match(/^### /gm)).toHaveLength(4)
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toBe('mine\n')
    expect(git('status', '--porcelain')).toBe('')
  })

  test('none: one commit for each reply; the explanations stay in the messages, also with finish --squash', async () => {
    using repository = testRepository()
    const { git, path } = repository
    await makeRun(repository, ['--fixes=none'])
    expect(git('log', '--format=%s', 'main..')).toBe('lr: All of it is right\nlr: Half is right')
    expect(await call(repository, 'undo')).toMatchObject({ status: 0 })
    expect(
      await call(repository, 'commit', [], writeStream([{ name: 'explanation', content: 'No.\n' }])),
    ).toMatchObject({ status: 1 })
    expect(await call(repository, 'best', ['HEAD~1'])).toMatchObject({ status: 0 })
    expect(git('log', '--format=%s', 'main..').split('\n')).toHaveLength(4)
    const finished = await call(repository, 'finish', ['--squash'])
    expect(finished.linesOf('commit')).toEqual([git('rev-parse', 'main')])
    expect(existsSync(join(path, 'FIXES.md'))).toBe(false)
    expect(git('status', '--porcelain')).toBe('')
  })

  test('finish --squash has the explanations of the replies that stand in its message', async () => {
    using repository = testRepository()
    const { git, write } = repository
    await makeRun(repository, [])
    write('a.py', '3\n')
    await call(repository, 'commit', [], reply('This is worse.'))
    await call(repository, 'undo')
    await call(repository, 'finish', ['--squash'])
    expect(git('log', '-1', '--format=%s%n%n%b', 'main~1')).toMatch(
      /^lr: a\.py\n\nThe commits of run\/x, as one\.\n\n- Half is right\n\n- All of it\n {2}is right\.\n\n {2}- one\n {2}- two\n\nLr-Files: 1\n/,
    )
  })

  test.each([
    ['code', 'why.py', 2, 'name a file that ends in .md or .txt, or none'],
    ['a hidden place', '.git/why.md', 3, 'lies in a git folder'],
    ['a place outside', '../why.md', 3, 'is not a plain relative path'],
  ])('refuses %s before anything is made', async (_what, file, status, message) => {
    using repository = testRepository()
    for (const command of ['start', 'commit']) {
      const ran = await call(repository, command, [`--fixes=${file}`], reply('x'))
      expect(ran).toMatchObject({ status, stderr: expect.stringContaining(message) })
    }
    expect(repository.git('branch', '--format=%(refname:short)')).toBe('main')
  })
})
