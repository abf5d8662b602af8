import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Block, writeStream } from '@loop-runner/block-format'
import { hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, testRepository } from '../support/test-repository.ts'

const EXPLANATION: Block = { name: 'explanation', content: 'Impossible because of X.\n' }

describe.skipIf(!hasProgram('git')).each(['git', 'native'])('a reply that changed no file --engine %s', (engine) => {
  const call = callerOf(engine)

  test.each<[string, Block[], string]>([
    ['an explanation', [EXPLANATION], 'Impossible because of X.'],
    [
      'what keeps it from the task',
      [{ name: 'blocked', content: 'No.\n' }, EXPLANATION],
      'No.\n\nImpossible because of X.',
    ],
    ['that nothing is left', [{ name: 'declared', content: 'No more.\n' }], 'No more.'],
    ['beside refused versions', [{ name: 'rejected', content: 'a.py: no\n' }, EXPLANATION], 'Impossible because of X.'],
  ])('is an entry of FIXES.md in a commit of its own: %s', async (_what, blocks, text) => {
    using repository = testRepository()
    const { git, path, write } = repository
    await call(repository, 'start', ['run/x'])
    write('a.py', 'mine\n')
    git('add', 'a.py')
    const base = git('rev-parse', 'HEAD')
    const committed = await call(repository, 'commit', ['--run-branch=run/x'], writeStream(blocks))
    expect(committed).toMatchObject({ status: 0 })
    expect(committed.linesOf('commit')).toEqual([git('rev-parse', 'HEAD')])
    expect(git('log', '--format=%s', 'main..run/x')).toBe('lr: FIXES.md for a reply that changed no file')
    expect(git('show', '--format=', '--name-only', 'HEAD')).toBe('FIXES.md')
    const fixes = `# Fixes\n\n## Run run/x\n\n### No file changed, after ${base}\n\n${text}\n`
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toBe(fixes)
    expect(git('status', '--porcelain')).toBe('M  a.py')
    expect(await call(repository, 'undo')).toMatchObject({ status: 1 })
  })

  test('before the first commit of a run there is no branch: that commit brings the entry', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    await call(repository, 'start', ['--at-first-commit', 'run/x'])
    const blocked = writeStream([{ name: 'blocked', content: 'A test is wrong.\n' }])
    for (const text of [EXPLANATION, EXPLANATION].map((block) => writeStream([block])).concat(blocked)) {
      expect(await call(repository, 'commit', ['--run-branch=run/x'], text)).toMatchObject({ status: 1 })
    }
    expect([git('branch', '--format=%(refname:short)'), git('status', '--porcelain')]).toEqual(['main', ''])
    const base = git('rev-parse', 'HEAD')
    write('a.py', 'fixed\n')
    const committed = await call(repository, 'commit', ['--run-branch=run/x'], reportOf(['a.py']))
    expect(git('log', '--format=%H', 'main..run/x').split('\n').reverse()).toEqual(committed.linesOf('commit'))
    const heading = `### No file changed, after ${base}`
    const entries = `${heading}\n\nImpossible because of X.\n\n${heading}\n\nA test is wrong.\n\n### Commit `
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toContain(`## Run run/x\n\n${entries}`)
  })

  test('a run without a commit goes on after another one was started', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    for (const run of ['run/x', 'run/y']) {
      await call(repository, 'start', ['--at-first-commit', run])
      await call(repository, 'commit', [`--run-branch=${run}`], writeStream([EXPLANATION]))
    }
    write('a.py', 'fixed\n')
    expect(await call(repository, 'commit', ['--run-branch=run/x'], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(git('branch', '--show-current')).toBe('run/x')
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).not.toContain('Run run/y')
    git('switch', '-q', 'main')
    write('a.py', 'fixed otherwise\n')
    expect(await call(repository, 'commit', ['--run-branch=run/y'], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(git('branch', '--show-current')).toBe('run/y')
  })

  test('a run without a commit forgets its entries', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    await call(repository, 'start', ['--at-first-commit', 'run/x'])
    await call(repository, 'commit', ['--run-branch=run/x'], writeStream([EXPLANATION]))
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0 })
    expect([git('branch', '--format=%(refname:short)'), git('status', '--porcelain')]).toEqual(['main', ''])
    await call(repository, 'start', ['--at-first-commit', 'run/y'])
    write('a.py', 'fixed\n')
    await call(repository, 'commit', ['--run-branch=run/y'], reportOf(['a.py']))
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).not.toContain('Impossible')
  })

  test('nothing is written outside of a run, or without an explanation', async () => {
    using repository = testRepository()
    const { git, path } = repository
    expect(await call(repository, 'commit', [], writeStream([EXPLANATION]))).toMatchObject({ status: 1 })
    await call(repository, 'start', ['x'])
    const empty = writeStream([{ name: 'explanation', content: ' \n' }])
    expect(await call(repository, 'commit', [], empty)).toMatchObject({ status: 1 })
    expect(git('log', '--format=%s', 'x')).toBe('first')
    expect(existsSync(join(path, 'FIXES.md'))).toBe(false)
  })

  test('FIXES.md that git ignores is written, and not committed', async () => {
    using repository = testRepository({ '.gitignore': 'FIXES.md\n', 'a.py': 'a\n' })
    const { git, path, write } = repository
    write('FIXES.md', '# Mine\n')
    await call(repository, 'start', ['x'])
    expect(await call(repository, 'commit', [], writeStream([EXPLANATION]))).toMatchObject({ status: 1 })
    expect(git('log', '--format=%s')).toBe('first')
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toMatch(
      /^# Mine\n\n## Run x\n\n### .*Impossible because of X\.\n$/s,
    )
  })

  test('a FIXES.md of yours that is not tracked is committed as it was; undo takes back the reply before', async () => {
    using repository = testRepository()
    const { git, path, write } = repository
    write('FIXES.md', '# Mine\n')
    await call(repository, 'start', ['x'])
    const first = await call(repository, 'commit', [], writeStream([EXPLANATION]))
    expect(first).toMatchObject({ status: 0 })
    expect(git('log', '--format=%s', 'main..')).toBe(
      'lr: FIXES.md for a reply that changed no file\nlr: as it was: FIXES.md',
    )
    writeFileSync(join(path, 'a.py'), 'fixed\n')
    await call(repository, 'commit', [], reportOf(['a.py']))
    await call(repository, 'commit', [], writeStream([EXPLANATION]))
    expect(await call(repository, 'undo')).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('a\n')
    expect(await call(repository, 'abandon')).toMatchObject({ status: 0 })
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8')).toBe('# Mine\n')
  })
})
