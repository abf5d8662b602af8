import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../../src/summary.ts'

/** The number in a.txt is the score; 1 passes. The third check waits while `hold-check` is there, the last for `hold-last`. */
const CHECK = `n=$(cat a.txt); while [ "$n" = 0.4 ] && [ -e ../hold-check ]; do touch ../held; sleep 0.05; done; while [ "$n" = 1 ] && [ -e ../hold-last ]; do touch ../held; sleep 0.05; done; echo "score: $n"; [ "$n" = 1 ]`
/** The scores of the replies: it gets worse, and passes at last. The third request waits while `hold-llm` is there. */
const LLM = `while [ $LR_ITERATION = 3 ] && [ -e ../hold-llm ]; do touch ../held; sleep 0.05; done
set -- 0.5 0.2 0.4 1; shift $((LR_ITERATION - 1)); echo $1 | lr-blocks wrap a.txt`

type Kind = 'git' | 'no git'

async function repository(kind: Kind, hold: string) {
  const folder = tempFolder({ 'tree/a.txt': '0.1\n', ...(hold === '' ? {} : { [hold]: '' }) })
  const cwd = join(folder.path, 'tree')
  if (kind === 'git') await bash('git init -q -b main && git add -A && git commit -qm start', { cwd })
  const git = kind === 'git' ? [] : ['--no-git']
  const check = ['a.txt', '--', 'sh', '-c', CHECK]
  const env = { XDG_STATE_HOME: join(folder.path, 'state') }
  return {
    cwd,
    env,
    args: (...more: string[]) => [...git, '--run-dir=../run', `--llm=${LLM}`, ...more, ...check],
    release: () => bash('rm -f ../hold-* ../held', { cwd }),
    score: () => readFileSync(join(cwd, 'a.txt'), 'utf8').trim(),
    summary: () => JSON.parse(readFileSync(join(folder.path, 'run/summary.json'), 'utf8')) as Summary,
    /** Starts a loop, and sends it a signal once it waits. */
    async stop(signal: string, args: readonly string[]) {
      const script = `lr-loop "$@" 2> ../log & pid=$!; until [ -e ../held ]; do sleep 0.05; done; kill -${signal} $pid; wait $pid`
      const { status } = await run('bash', ['-c', script, 'bash', ...args], { cwd, env })
      return status
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const CASES: [Kind, string, string, number][] = [
  ['git', 'INT', 'hold-llm', 130],
  ['git', 'TERM', 'hold-check', 143],
  ['git', 'TERM', 'hold-last', 143],
  ['no git', 'HUP', 'hold-llm', 129],
  ['no git', 'TERM', 'hold-last', 143],
  ['no git', 'TERM', 'hold-check', 143],
]

describe.skipIf(!hasProgram('git'))('the best state is on disk whenever a run ends (git)', () => {
  test.each(sampleOf(CASES, 2))(
    '%s, SIG%s, %s: and a resumed run has its own state again',
    async (kind, signal, hold, status) => {
      using repo = await repository(kind, hold)
      expect(await repo.stop(signal, repo.args())).toBe(status)
      expect(repo.score()).toBe('0.5')
      expect(repo.summary()).toMatchObject({ reason: 'interrupted', final: 0.5, best: 0.5 })
      await repo.release()
      const resumed = await run('lr-loop', ['--json', '--resume', '../run'], repo)
      expect(resumed.status, resumed.stderr).toBe(0)
      expect(resumed.stderr).toContain('the files are as they were before the run was stopped')
      expect(JSON.parse(resumed.stdout)).toMatchObject({ iterations: 4, scores: [0.1, 0.5, 0.2, 0.4, 1] })
      expect(repo.score()).toBe('1')
    },
  )

  test.each<[Kind]>([['git'], ['no git']])('%s: interrupted twice in the same iteration', async (kind) => {
    using repo = await repository(kind, 'hold-check')
    for (const args of [repo.args(), ['--resume', '../run']]) {
      await bash('rm -f ../held', repo)
      expect(await repo.stop('TERM', args)).toBe(143)
      expect(repo.score()).toBe('0.5')
    }
    await repo.release()
    expect(await run('lr-loop', ['--resume', '../run'], repo)).toMatchObject({ status: 0 })
    expect(repo.score()).toBe('1')
  })

  test('no git: stopped while the files go back to their best state', async () => {
    using repo = await repository('no git', '')
    const script = `lr-loop "$@" 2> ../log & pid=$!
      until grep -q '"ended","stage":"apply-undo-1"' ../run/journal.jsonl 2> ../log2; do kill -0 $pid || break; done; kill -HUP $pid; wait $pid`
    await run('bash', ['-c', script, 'bash', ...repo.args()], repo)
    expect(repo.score()).toBe('0.5')
    const { status, stderr } = await run('lr-loop', ['--resume', '../run'], repo)
    expect(status, stderr).toBe(0)
    expect(repo.score()).toBe('1')
  })

  test('--deadline ends the stage at work, with exit code 1; --resume takes a new one', async () => {
    using repo = await repository('git', 'hold-llm')
    expect((await run('lr-loop', repo.args('--deadline=6s'), repo)).status).toBe(1)
    expect(repo.summary().reason).toBe('timeout')
    // On a slow machine fewer replies were there; none is worse than the best.
    expect(Math.max(...repo.summary().scores)).toBe(Number(repo.score()))
    await repo.release()
    expect(await run('lr-loop', ['--resume', '--deadline=10m', '../run'], repo)).toMatchObject({ status: 0 })
  })

  test('a stage that fails', async () => {
    using repo = await repository('git', '')
    const fails = `[ $LR_ITERATION = 3 ] && [ ! -e ../works ] && exit 4; ${LLM}`
    expect(await run('lr-loop', repo.args('--llm', fails), repo)).toMatchObject({ status: 4 })
    expect(repo.score()).toBe('0.5')
    await bash('touch ../works', repo)
    expect(await run('lr-loop', ['--resume', '../run'], repo)).toMatchObject({ status: 0 })
  })

  test('files that were changed since are not overwritten by a resumed run', async () => {
    using repo = await repository('no git', 'hold-check')
    await repo.stop('TERM', repo.args())
    await repo.release()
    await bash('echo mine > a.txt', repo)
    const { status, stderr } = await run('lr-loop', ['--resume', '../run'], repo)
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringMatching(/^lr-loop: a\.txt: changed since/m) })
    expect(repo.score()).toBe('mine')
  })

  test('kill -9: the next loop in the tree starts from the best state', async () => {
    using repo = await repository('git', 'hold-check')
    expect(await repo.stop('KILL', repo.args())).toBe(137)
    expect(repo.score()).toBe('0.4')
    await repo.release()
    const next = await run('lr-loop', ['--run-dir=../next', '--llm=false', 'a.txt', '--', 'sh', '-c', CHECK], repo)
    expect(next.stderr).toContain('restored the best state of a run that was killed here')
    expect(repo.score()).toBe('0.5')
    expect(await run('lr-loop', ['--resume', '../run'], repo)).toMatchObject({ status: 0 })
    expect(existsSync(join(repo.cwd, 'FIXES.md'))).toBe(true)
  })
})
