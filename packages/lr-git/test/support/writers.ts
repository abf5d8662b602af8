import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '@loop-runner/test-kit'
import { callerOf, reportOf, type TestRepository } from './test-repository.ts'

/** How many write at the same time; every other one of ours without git. */
export const LR_WRITERS = 8
export const GIT_WRITERS = 2

/** What writers reported as done. */
export interface Reported {
  /** The commit of a reply, and the file in it. */
  readonly fixes: readonly { readonly name: string; readonly hash: string }[]
  /** Files that plain gits have committed. */
  readonly theirs: readonly string[]
}

/** Lets all of them write to one repository, each so many rounds. */
export async function runWriters({ path }: Pick<TestRepository, 'path'>, rounds: number): Promise<Reported> {
  const fixes: { name: string; hash: string }[] = []
  const theirs: string[] = []

  const writeOurs = async (writer: number): Promise<void> => {
    const call = callerOf(writer % 2 === 0 ? 'git' : 'native')
    mkdirSync(join(path, `w${writer}`))
    for (let round = 0; round < rounds; round++) {
      const name = `w${writer}/f${round}`
      writeFileSync(join(path, name), `${name}\n`)
      const { status, stderr, linesOf } = await call({ path }, 'commit', ['--lock-timeout=120s'], reportOf([name]))
      if (status !== 0) throw new Error(`${name}: ended with ${status}: ${stderr}`)
      fixes.push({ name, hash: linesOf('commit')[0] ?? '' })
    }
  }
  // A plain git gives up where a lock is held or the branch has moved, and is called again until it has done it.
  const writeTheirs = async (writer: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const name = `g${writer}-${round}`
      writeFileSync(join(path, name), name)
      const line = `git add ${name} && git commit -q -m ${name} -- ${name}`
      while ((await run('sh', ['-c', line], { cwd: path })).status !== 0);
      theirs.push(name)
    }
  }
  await Promise.all([
    ...Array.from({ length: LR_WRITERS }, (_, writer) => writeOurs(writer)),
    ...Array.from({ length: GIT_WRITERS }, (_, writer) => writeTheirs(writer)),
  ])
  return { fixes, theirs }
}

/** What of it is not in the repository, or not as it should be; nothing where all is well. */
export function findLosses({ git }: Pick<TestRepository, 'git'>, { fixes, theirs }: Reported): string[] {
  const history = new Set(git('rev-list', 'HEAD').split('\n'))
  const files = new Set(git('ls-tree', '-r', '--name-only', 'HEAD').split('\n'))
  const shown = git('log', '--format=commit %H', '--name-only').split('commit ')
  const named = new Map(shown.map((entry) => [entry.slice(0, 40), entry.slice(40).trim()]))
  const entries = git('show', 'HEAD:FIXES.md').match(/^### Commit /gm)?.length
  const moves = git('reflog', 'main').split('\n').length
  const mixed = git('status', '--porcelain').split('\n').filter(Boolean)
  return [
    ...fixes.filter(({ hash, name }) => named.get(hash) !== name).map(({ name }) => `${name}: is not in the history`),
    ...theirs.filter((name) => !files.has(name)).map((name) => `${name}: is not in the last commit`),
    // Two commits a reply, one a call of theirs, and the first; a line in the reflog for each call.
    ...(history.size === 1 + 2 * fixes.length + theirs.length ? [] : [`${history.size} commits`]),
    ...(moves === 1 + fixes.length + theirs.length ? [] : [`${moves} lines in the reflog`]),
    ...(entries === fixes.length ? [] : [`${entries} entries in FIXES.md`]),
    ...mixed.map((line) => `git status: ${line}`),
    ...git('fsck', '--strict', '--no-dangling').split('\n').filter(Boolean),
  ]
}
