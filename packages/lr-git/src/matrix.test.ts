import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { bareEnvironment, hasProgram, run } from '@loop-runner/cli-kit/testing'
import { describe, expect, test } from 'vitest'
import { KINDS } from './testing/repository-kinds.ts'
import { reportOf, runGit, testRepository } from './testing/test-repository.ts'

const ENGINES = ['git', 'native'] as const
const OPERATIONS: readonly (readonly string[])[] = [
  ['start'],
  ['commit'],
  ['undo'],
  ['best', 'HEAD'],
  ['finish'],
  ['abandon'],
]

describe.skipIf(!hasProgram('git')).each(ENGINES)('kinds of repositories with --engine %s (needs git)', (engine) => {
  test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', async (_name, kind) => {
    using repository = testRepository({ 'f.txt': kind.before ?? 'old\n', 'dir/other': 'x\n' })
    const cwd = kind.make(repository) ?? repository.path
    const before = readFileSync(join(cwd, 'f.txt'))
    writeFileSync(join(cwd, 'f.txt'), kind.after ?? 'new\n')
    const call = (args: readonly string[], stdin = '') => run('lr-git', [...args, `--engine=${engine}`], { cwd, stdin })
    if (kind[engine] === 'same') await expectSame(cwd, before, call)
    else await expectRefused(cwd, call, kind[engine])
    rmSync(`${repository.path}-git`, { recursive: true, force: true })
  })
})

type Call = (args: readonly string[], stdin?: string) => ReturnType<typeof run>

/** No operation does anything but say why not. Some reasons lie in a file, and are met only where that is touched. */
async function expectRefused(cwd: string, call: Call, reason: RegExp): Promise<void> {
  const head = readFileSync(headFile(cwd), 'utf8')
  for (const args of OPERATIONS) {
    const ran = await call(args, args[0] === 'commit' ? reportOf(['f.txt']) : '')
    expect({ args, ...ran }).toMatchObject({ args, status: 3, stdout: '' })
    if (args[0] === 'commit') expect(ran.stderr).toMatch(reason)
  }
  expect(readFileSync(headFile(cwd), 'utf8')).toBe(head)
}

async function expectSame(cwd: string, before: Buffer, call: Call): Promise<void> {
  const git = (...args: string[]) => runGit(cwd, args)
  const after = readFileSync(join(cwd, 'f.txt'))
  writeFileSync(join(cwd, 'f.txt'), before)
  git('update-index', '-q', '--refresh')
  const base = git('rev-parse', 'HEAD')
  const head = readFileSync(headFile(cwd), 'utf8')
  const staged = git('diff', '--cached')

  expect(await call(['start'])).toMatchObject({ status: 0 })
  expect(git('rev-parse', 'HEAD')).toBe(base)
  writeFileSync(join(cwd, 'f.txt'), after)
  const wanted = treeOfGit(cwd)
  const committed = await call(['commit'], reportOf(['f.txt']))
  expect(committed).toMatchObject({ status: 0 })
  const fix = parseStream(committed.stdout).flatMap((part) =>
    'name' in part && part.name === 'commit' ? part.content.split('\n') : [],
  )[0]
  expect(git('rev-parse', `${fix}^{tree}`, `${fix}^`)).toBe(`${wanted}\n${base}`)
  expectWhole(cwd, staged)

  expect(await call(['undo'])).toMatchObject({ status: 0 })
  expect(readFileSync(join(cwd, 'f.txt'))).toEqual(checkedOut(cwd))
  expect(git('diff', '--stat', base, 'HEAD', '--', '.', ':!FIXES.md')).toBe('')
  expectWhole(cwd, staged)
  expect(await call(['best', fix ?? ''])).toMatchObject({ status: 0 })
  expect(git('diff', '--stat', fix ?? '', 'HEAD', '--', '.', ':!FIXES.md')).toBe('')
  expect(readFileSync(join(cwd, 'f.txt'))).toEqual(checkedOut(cwd))
  expectWhole(cwd, staged)

  const tip = git('rev-parse', 'HEAD')
  expect(await call(['finish'])).toMatchObject({ status: 0 })
  expect(git('rev-parse', 'HEAD')).toBe(tip)
  if (head.startsWith('ref: ')) expect(readFileSync(headFile(cwd), 'utf8')).toBe(head)
  expectWhole(cwd, staged)

  expect(await call(['start'])).toMatchObject({ status: 0 })
  writeFileSync(join(cwd, 'f.txt'), before)
  expect(await call(['commit'], reportOf(['f.txt']))).toMatchObject({ status: 0 })
  expect(await call(['abandon'])).toMatchObject({ status: 0 })
  expect(git('rev-parse', 'HEAD')).toBe(tip)
  expectWhole(cwd, staged)
}

/** What a checkout of f.txt gives. */
function checkedOut(cwd: string): Buffer {
  return execFileSync('git', ['cat-file', '--filters', 'HEAD:f.txt'], { cwd, env: bareEnvironment() })
}

/** The tree that `git add f.txt` and `git commit -- f.txt` would make. */
function treeOfGit(cwd: string): string {
  const env = { ...bareEnvironment(), GIT_INDEX_FILE: join(cwd, 'index-for-git') }
  const git = (...args: string[]) => execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('read-tree', 'HEAD')
  git('add', 'f.txt')
  const tree = git('write-tree')
  rmSync(env.GIT_INDEX_FILE)
  return tree
}

function expectWhole(cwd: string, staged: string): void {
  expect(runGit(cwd, ['fsck', '--strict', '--no-dangling', '--no-progress'])).toBe('')
  expect(runGit(cwd, ['status', '--porcelain', '-uno'])).toBe('')
  expect(runGit(cwd, ['diff', '--cached'])).toBe(staged)
}

function headFile(cwd: string): string {
  const dotGit = join(cwd, '.git')
  const folder = statSync(dotGit).isDirectory() ? dotGit : readFileSync(dotGit, 'utf8').replace('gitdir: ', '').trim()
  return join(resolve(cwd, folder), 'HEAD')
}
