import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { copyTree } from '../src/copy-tree.ts'
import { hideChanges } from '../src/keep-times.ts'

const LONG_AGO = new Date('2020-02-02T02:02:02Z')
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' })

function copied(
  names: readonly string[],
  files: Readonly<Record<string, string>>,
  prepare: (from: string) => void,
  links = true,
) {
  const folder = tempFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`tree/${name}`, text])))
  const from = join(folder.path, 'tree')
  const to = join(folder.path, 'copy')
  prepare(from)
  copyTree(names, from, to, links)
  return { from, to, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

test('times are kept, of files and of folders', () => {
  const age = (from: string) => {
    for (const name of ['test/a.txt', 'test', '.']) utimesSync(join(from, name), LONG_AGO, LONG_AGO)
  }
  using tree = copied(['test/a.txt'], { 'test/a.txt': '1' }, age)
  for (const name of ['test/a.txt', 'test', '.']) expect(statSync(join(tree.to, name)).mtime).toEqual(LONG_AGO)
})

test('installed packages that are a link stay one where the copy is shown in the place of the tree', () => {
  using folder = tempFolder({ 'tree/a.js': '1', 'elsewhere/tool/index.js': '2' })
  const [from, to] = [join(folder.path, 'tree'), join(folder.path, 'copy')]
  symlinkSync(join(folder.path, 'elsewhere'), join(from, 'node_modules'))
  expect(copyTree(['a.js'], from, to, false)).toEqual([])
  expect(readlinkSync(join(to, 'node_modules'))).toBe(join(folder.path, 'elsewhere'))
})

test.each([
  ['a.py', true],
  ['a.c', false],
])('a change is no older than others, or is built: %s', (name, isHidden) => {
  using tree = copied([name], { [name]: '1' }, (from) => utimesSync(join(from, name), LONG_AGO, LONG_AGO))
  writeFileSync(join(tree.to, name), '2')
  hideChanges([name], tree.from, tree.to)
  const { mtimeMs } = statSync(join(tree.to, name))
  expect(readFileSync(join(tree.to, name), 'utf8')).toBe('2')
  expect(mtimeMs < LONG_AGO.getTime()).toBe(isHidden)
  hideChanges([name], tree.from, tree.to)
  expect(statSync(join(tree.to, name)).mtimeMs).toBe(mtimeMs)
})

test('a repository has one of its own in the copy', () => {
  const files = { 'a.txt': '1', 'b.txt': '2' }
  using tree = copied(Object.keys(files), files, (from) => {
    git(from, 'init', '-q', '-b', 'main')
    git(from, 'add', 'a.txt')
    git(from, 'commit', '-qm', 'first')
    git(from, 'config', 'core.fsmonitor', 'touch /tmp/never')
    git(from, 'config', 'core.hooksPath', 'hooks')
    writeFileSync(join(from, '.git/hooks/post-commit'), '#!/bin/sh\ntouch ran\n', { mode: 0o755 })
  })
  const { from, to } = tree
  expect(git(to, 'log', '--format=%s %D').trim()).toBe(git(from, 'log', '--format=%s %D').trim())
  expect(git(to, 'status', '--short')).toBe('?? b.txt\n')
  expect(git(to, 'config', '--list', '--local')).not.toMatch(/fsmonitor|hooks/i)
  git(to, 'commit', '-q', '--allow-empty', '-m', 'second')
  expect(existsSync(join(to, 'ran'))).toBe(false)
  expect(git(from, 'log', '--format=%s').trim()).toBe('first')
})

test('what is no repository has none', () => {
  using tree = copied(['a.txt'], { 'a.txt': '1' }, () => {})
  expect(existsSync(join(tree.to, '.git'))).toBe(false)
})

test.each([true, false])(
  'what cannot be copied is left out: odd names, pipes, what may not be read (links: %s)',
  (links) => {
    const files = { 'a.txt': '1', 'ignored/b.txt': '2', 'ignored/private.txt': '3', 'private.txt': '4' }
    const prepare = (from: string) => {
      for (const folder of [from, join(from, 'ignored')])
        writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), '')
      execFileSync('sh', ['-c', 'mkfifo pipe ignored/pipe'], { cwd: from })
      mkdirSync(join(from, 'ignored/closed'))
      for (const name of ['private.txt', 'ignored/private.txt', 'ignored/closed']) chmodSync(join(from, name), 0)
    }
    using tree = copied(['a.txt'], files, prepare, links)
    const isRoot = process.getuid?.() === 0
    expect(readdirSync(tree.to).sort()).toEqual(['a.txt', 'ignored', ...(isRoot ? ['private.txt'] : [])])
    expect(readdirSync(join(tree.to, 'ignored')).sort()).toEqual([
      'b.txt',
      ...(isRoot ? ['closed', 'private.txt'] : []),
    ])
  },
)
