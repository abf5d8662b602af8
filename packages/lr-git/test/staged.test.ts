import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { afterAll, describe, expect, test } from 'vitest'
import { callerOf, reportOf, runGit, type TestRepository, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const

/** What a user may have in the index, of a file that the run does not touch. */
const STATES: readonly (readonly [name: string, make: (repository: TestRepository) => void])[] = [
  [
    'a file is staged',
    ({ write, git }) => {
      write('src/b.py', 'staged\n')
      git('add', 'src/b.py')
    },
  ],
  [
    'a file is staged and changed again',
    ({ write, git }) => {
      write('src/b.py', 'staged\n')
      git('add', 'src/b.py')
      write('src/b.py', 'more\n')
    },
  ],
  [
    'a file is added by name only',
    ({ write, git }) => {
      write('new', 'new\n')
      git('add', '-N', 'new')
    },
  ],
  ['a file is taken out', ({ git }) => void git('rm', '-q', '--cached', 'src/b.py')],
  [
    'a file is in conflict',
    ({ write, git }) => {
      const blobs = ['base', 'ours', 'theirs'].map((content) => {
        write('src/b.py', `${content}\n`)
        return git('hash-object', '-w', 'src/b.py')
      })
      git('rm', '-q', '--cached', 'src/b.py')
      const lines = blobs.map((blob, index) => `100644 ${blob} ${index + 1}\tsrc/b.py\n`)
      runGit(git('rev-parse', '--show-toplevel'), ['update-index', '--index-info'], lines.join(''))
    },
  ],
  ['the mode of a file is staged', ({ git }) => void git('update-index', '--chmod=+x', 'src/b.py')],
]

/** Each on a run with one reply, to a.py; the second one is written, but not committed, where a commit is to follow. */
const OPERATIONS: readonly (readonly string[])[] = [
  ['start', '--dirty=carry', 'lr/next'],
  ['commit'],
  ['status'],
  ['undo'],
  ['best', 'main'],
  ['finish'],
  ['finish', '--squash'],
  ['abandon'],
]

describe.skipIf(!hasProgram('git')).each(ENGINES)('what a user has staged stays, --engine %s (needs git)', (engine) => {
  const call = callerOf(engine)
  const folder = tempFolder()
  afterAll(() => folder[Symbol.dispose]())

  test.each(sampleOf(STATES, ENGINES.length, ENGINES.indexOf(engine)))('%s', async (name, make) => {
    using repository = testRepository()
    await call(repository, 'start', ['lr/run'])
    repository.write('a.py', 'fixed\n')
    await call(repository, 'commit', [], reportOf(['a.py']))
    make(repository)
    for (const [command = '', ...args] of OPERATIONS) {
      const path = join(folder.path, 'copy')
      cpSync(repository.path, path, { recursive: true, preserveTimestamps: true })
      const before = stagedIn(path)
      if (command === 'commit') writeFileSync(join(path, 'a.py'), 'second\n')
      const ran = await call({ path }, command, args, command === 'commit' ? reportOf(['a.py']) : '')
      const isConflict = command === 'start' && name === 'a file is in conflict'
      expect({ command, args, ...ran }).toMatchObject({ command, args, status: isConflict ? 3 : 0 })
      expect({ command, staged: stagedIn(path) }).toEqual({ command, staged: before })
      rmSync(path, { recursive: true })
    }
  })
})

/** All that is staged, and how the files are that are not. */
function stagedIn(path: string): string {
  const others = ['--', '.', ':!a.py', ':!FIXES.md']
  return [
    ['diff', '--cached', ...others],
    ['diff', ...others],
    ['ls-files', '-s', ...others],
  ]
    .map((args) => runGit(path, args))
    .join('\n')
}
