import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseStream } from '@loop-runner/block-format'
import { bareEnvironment, hasProgram, run } from '@loop-runner/cli-kit/testing'
import { expect, test } from 'vitest'
import { reportOf, testRepository } from './testing/test-repository.ts'

/** With how many rounds each of ten writers goes; together over 200 commits. */
const ENGINES = [
  ['git', 4],
  ['native', 4],
  ['both', 7],
] as const
const LR_WRITERS = 8
const GIT_WRITERS = 2

test.skipIf(!hasProgram('git')).each(ENGINES)(
  'many writers at once lose nothing that they report: %s (needs git)',
  { timeout: 300_000 },
  async (engines, rounds) => {
    using repository = testRepository()
    const { path, git } = repository
    const fixes: string[] = []

    const writeOurs = async (writer: number): Promise<void> => {
      const engine = engines === 'both' ? (writer % 2 === 0 ? 'git' : 'native') : engines
      mkdirSync(join(path, `w${writer}`))
      for (let round = 0; round < rounds; round++) {
        const name = `w${writer}/f${round}`
        writeFileSync(join(path, name), `${name}\n`)
        const args = ['commit', `--engine=${engine}`, '--lock-timeout=60s']
        const { status, stdout, stderr } = await run('lr-git', args, { cwd: path, stdin: reportOf([name]) })
        expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/committed/) })
        const block = parseStream(stdout).at(-1)
        fixes.push(`${name} ${block && 'content' in block ? block.content.split('\n')[0] : ''}`)
      }
    }
    // A plain git gives up where a lock is held or the branch has moved; what it reports as done must stay.
    const theirs: string[] = []
    const writeTheirs = async (writer: number): Promise<void> => {
      for (let round = 0; round < rounds; round++) {
        const name = `g${writer}-${round}`
        writeFileSync(join(path, name), name)
        const line = `git add ${name} && git commit -q -m ${name} -- ${name}`
        const options = { cwd: path, env: bareEnvironment() }
        const isDone = await promisify(execFile)('sh', ['-c', line], options).then(
          () => true,
          () => false,
        )
        if (isDone) theirs.push(name)
      }
    }
    await Promise.all([
      ...Array.from({ length: LR_WRITERS }, (_, writer) => writeOurs(writer)),
      ...Array.from({ length: GIT_WRITERS }, (_, writer) => writeTheirs(writer)),
    ])

    const history = new Set(git('rev-list', 'HEAD').split('\n'))
    for (const fix of fixes) {
      const [name = '', hash = ''] = fix.split(' ')
      expect(history.has(hash)).toBe(true)
      expect(git('show', '--format=', '--name-only', hash)).toBe(name)
    }
    expect(fixes).toHaveLength(LR_WRITERS * rounds)
    const files = git('ls-tree', '-r', '--name-only', 'HEAD').split('\n')
    expect(theirs.filter((name) => !files.includes(name))).toEqual([])
    expect(history.size).toBe(1 + 2 * fixes.length + theirs.length)
    // Every move is in the reflog: one line a call of ours, one a commit of theirs.
    expect(git('reflog', 'main').split('\n')).toHaveLength(1 + fixes.length + theirs.length)
    expect(readFileSync(join(path, 'FIXES.md'), 'utf8').match(/^### Commit /gm)).toHaveLength(fixes.length)
    expect(git('fsck', '--strict', '--no-dangling')).toBe('')
    expect(
      git('status', '--porcelain')
        .split('\n')
        .filter((line) => !/^(A |\?\?)/.test(line) && line !== ''),
    ).toEqual([])
  },
)
