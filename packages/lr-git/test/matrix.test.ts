import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, hasProgram, sampleOf } from '@loop-runner/test-kit'
import { afterAll, describe, expect, test } from 'vitest'
import { findRepository, readTextIfThere } from '@loop-runner/git-engine'
import { type Kind, KINDS } from './support/repository-kinds.ts'
import { callerOf, reportOf, runGit, testRepository } from './support/test-repository.ts'

const ENGINES = ['git', 'native'] as const
const RUN = 'refs/heads/lr/run'

/** How many cells of kind, operation and engine came out how. */
const cells = { same: 0, refused: 0 }

/** A repository of some kind before the run, and the run's commits. */
interface Case {
  readonly cwd: string
  /** The ref that HEAD was on; undefined where it was detached. */
  readonly ref: string | undefined
  readonly base: string
  /** What becomes of f.txt. */
  readonly after: Buffer
  /** The commit of the reply, and the run's last one, once there are such. */
  fix: string
  tip: string
}

/** A command, and how to tell that it has done as git does; it finds the run with its reply, its files clean. */
interface Operation {
  readonly args: readonly string[]
  readonly expectSame: (its: Case, printed: (block: string) => readonly string[]) => void
}

const OPERATIONS: readonly Operation[] = [
  { args: ['start', 'lr/run'], expectSame: (its) => expectAt(its, RUN, its.base) },
  {
    args: ['commit'],
    expectSame: (its, printed) => {
      its.fix = printed('commit')[0] ?? ''
      expect(gitIn(its, 'rev-parse', `${its.fix}^{tree}`, `${its.fix}^`)).toBe(`${treeOfGit(its)}\n${its.base}`)
    },
  },
  {
    args: ['status'],
    expectSame: (its, printed) => expect([printed('branch'), printed('commit')]).toEqual([['lr/run'], [its.fix]]),
  },
  { args: ['undo'], expectSame: (its) => expectFiles(its, its.base) },
  { args: ['best', 'lr/base'], expectSame: (its) => expectFiles(its, its.base) },
  {
    args: ['abandon'],
    expectSame: (its) => {
      expectAt(its, its.ref, its.base)
      expectFiles(its, its.base)
    },
  },
  {
    args: ['finish'],
    expectSame: (its) => expectAt(its, its.ref, its.tip),
  },
  {
    args: ['finish', '--squash'],
    expectSame: (its, printed) => {
      const commits = printed('commit')
      // A run whose commits git itself has made has no FIXES.md.
      expect(commits).toHaveLength(gitIn(its, 'ls-tree', its.tip, 'FIXES.md') === '' ? 1 : 2)
      expectAt(its, its.ref, commits.at(-1) ?? '')
      const fixed = gitIn(its, 'rev-parse', `${its.fix}:f.txt`)
      expect(gitIn(its, 'rev-parse', `${commits[0]}^`, `${commits[0]}:f.txt`, 'HEAD:f.txt')).toBe(
        `${its.base}\n${fixed}\n${fixed}`,
      )
    },
  },
]

describe.skipIf(!hasProgram('git')).each(ENGINES)('kinds of repositories with --engine %s (needs git)', (engine) => {
  const kinds = sampleOf(KINDS, 4, 2 * ENGINES.indexOf(engine))
  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s', async (_name, kind) => {
    using repository = testRepository({ 'f.txt': kind.before ?? 'old\n', 'dir/other': 'x\n' })
    const cwd = kind.make(repository) ?? repository.path
    const expected = kind[engine]
    const its = expected === 'same' || kind.isOfContent ? beginCase(cwd, kind.after) : undefined
    for (const operation of OPERATIONS) {
      if (its) makeReady(its, operation.args[0] ?? '')
      await tryOperation(operation, { cwd, its, engine, expected })
    }
    if (its) expect(gitIn(its, 'fsck', '--strict', '--no-dangling', '--no-progress')).toBe('')
    rmSync(`${repository.path}-git`, { recursive: true, force: true })
  })
})

interface Cell {
  readonly cwd: string
  /** Undefined where even git can do nothing with such a repository, or not now. */
  readonly its: Case | undefined
  readonly engine: string
  readonly expected: Kind['git']
}

async function tryOperation({ args, expectSame }: Operation, { cwd, its, engine, expected }: Cell): Promise<void> {
  const before = stateOf(cwd)
  const [command = '', ...rest] = args
  const ran = await callerOf(engine)({ path: cwd }, command, rest, command === 'commit' ? reportOf(['f.txt']) : '')
  const mayRefuse = expected !== 'same' && ran.status === 3
  if (its && !mayRefuse) {
    // What is refused of a file's content is refused by its commit at the latest.
    expect({ command, expected, ...ran }).toMatchObject(
      command === 'commit' ? { expected: 'same', status: 0 } : { status: 0 },
    )
    expectSame(its, ran.linesOf)
    expectClean(its)
    cells.same++
    return
  }
  // What status says of a branch that `start` could not make, without touching anything, is right as well.
  const reasons = command === 'status' ? [expected, /not the branch of a run/] : [expected]
  const isReason = reasons.some((reason) => reason !== 'same' && reason.test(ran.stderr))
  expect({ command, ...ran, isReason }).toMatchObject({ status: 3, stdout: '', isReason: true })
  expect(stateOf(cwd)).toEqual(before)
  cells.refused++
}

afterAll(() => {
  const { same, refused } = cells
  const size = `${KINDS.length} kinds of repositories x ${OPERATIONS.length} operations x ${ENGINES.length} engines (a part, without LR_SLOW_TESTS)`
  console.log(
    `lr-git: ${size}: ${same + refused}, of them ${same} as git does it and ${refused} refused with the reason`,
  )
})

function beginCase(cwd: string, after: string | Buffer = 'new\n'): Case {
  const git = (...args: string[]) => runGit(cwd, args)
  git('update-index', '-q', '--refresh')
  const base = git('rev-parse', 'HEAD')
  git('branch', 'lr/base')
  const ref = /^ref: (.*)$/m.exec(stateOf(cwd)['HEAD'] ?? '')?.[1]
  return { cwd, ref, base, after: Buffer.from(after), fix: '', tip: '' }
}

/** Brings everything to where a command is to find it, by git alone. */
function makeReady(its: Case, command: string): void {
  if (command === 'start') return
  if (command === 'commit') return writeFileSync(join(its.cwd, 'f.txt'), its.after)
  if (its.fix === '') {
    gitIn(its, 'commit', '-q', '-m', 'lr: f.txt\n\nLr-Files: 1', '--', 'f.txt')
    its.fix = gitIn(its, 'rev-parse', 'HEAD')
  }
  if (command === 'status') its.tip = gitIn(its, 'rev-parse', 'HEAD')
  if (command === 'status' || command === 'undo') return
  gitIn(its, 'symbolic-ref', 'HEAD', RUN)
  if (its.ref !== undefined) gitIn(its, 'update-ref', its.ref, its.base)
  gitIn(its, 'reset', '-q', '--hard', its.tip)
}

function gitIn({ cwd }: Case, ...args: string[]): string {
  return runGit(cwd, args)
}

function expectAt(its: Case, ref: string | undefined, commit: string): void {
  expect(stateOf(its.cwd)['HEAD']?.trim()).toBe(ref === undefined ? commit : `ref: ${ref}`)
  expect(gitIn(its, 'rev-parse', 'HEAD')).toBe(commit)
}

/** All is as in a commit, except FIXES.md, and f.txt is as git would check it out. */
function expectFiles(its: Case, commit: string): void {
  expect(gitIn(its, 'diff', '--stat', commit, 'HEAD', '--', '.', ':!FIXES.md')).toBe('')
  const options = { cwd: its.cwd, env: bareEnvironment() }
  const checkedOut = execFileSync('git', ['cat-file', '--filters', 'HEAD:f.txt'], options)
  expect(readFileSync(join(its.cwd, 'f.txt'))).toEqual(checkedOut)
}

/** The tree that `git add f.txt` and `git commit -- f.txt` would make. */
function treeOfGit({ cwd, base }: Case): string {
  const env = { ...bareEnvironment(), GIT_INDEX_FILE: join(cwd, 'index-for-git') }
  const git = (...args: string[]) => execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('read-tree', base)
  git('add', 'f.txt')
  const tree = git('write-tree')
  rmSync(env.GIT_INDEX_FILE)
  return tree
}

function expectClean(its: Case): void {
  expect(gitIn(its, 'status', '--porcelain', '-uno')).toBe('')
}

/** What a refusal leaves as it is. Read without git, which refuses some of these repositories itself. */
function stateOf(cwd: string): Readonly<Record<string, string | undefined>> {
  const { gitDir } = findRepository(cwd, {})
  const read = (name: string) => readTextIfThere(join(gitDir, name))
  const text = ['HEAD', RUN, 'refs/heads/main', 'index'].map((name) => [name, read(name)])
  return { ...Object.fromEntries(text), 'f.txt': readTextIfThere(join(cwd, 'f.txt')) }
}
