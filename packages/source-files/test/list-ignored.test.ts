import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { listIgnored } from '../src/index.ts'

const FILES = { '.gitignore': 'dist/\n*.log\n!keep.log\n', 'src/.gitignore': 'own.txt\n', 'dist/tracked.js': '' }
const PATHS = ['a.py', 'dist/a.js', 'x.log', 'keep.log', 'src/own.txt', 'own.txt', 'src/deep/new.log']
const IGNORED = ['dist/a.js', 'src/deep/new.log', 'src/own.txt', 'x.log']
const env = { PATH: process.env['PATH'] }

test('outside a repository the .gitignore files on the way decide', async () => {
  using folder = tempFolder(FILES)
  expect([...(await listIgnored(PATHS, folder.path, {}))].sort()).toEqual(IGNORED)
})

test.skipIf(!hasProgram('git'))('git decides in a repository, and tracked files are not ignored (git)', async () => {
  using folder = tempFolder(FILES)
  await run('git', ['init', '-q'], { cwd: folder.path })
  await run('git', ['add', '-f', 'dist/tracked.js'], { cwd: folder.path })
  const ignored = await listIgnored([...PATHS, 'dist/tracked.js'], folder.path, env)
  expect([...ignored].sort()).toEqual(IGNORED)
})

test('nothing is asked about nothing', async () => {
  expect(await listIgnored([], '/', {})).toEqual(new Set())
})
