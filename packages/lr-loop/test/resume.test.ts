import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

const REPLIES = {
  'replies/1.txt': '<<<< a.txt <<<<\none\n>>>>>>>>\nFirst.\n',
  'replies/2.txt': '<<<< a.txt <<<<\ntwo\n>>>>>>>>\nSecond.\n',
}
const STAGES = {
  check: 'lr-check a.txt -- grep -q two a.txt',
  prompt: 'lr-prompt',
  llm: `echo $LR_ITERATION >> "$LR_RUN_DIR/calls"; lr-llm --usage -m replay:../replies`,
  apply: 'lr-apply a.txt',
  git: 'git_stage() { lr-git "$@"; }; git_stage',
} as const
type Stage = keyof typeof STAGES

/** A stage that does its work and then, the first time in an iteration, kills the loop before it can note that. */
function killing(stage: Stage, when: 'before' | 'after', iteration: number): string {
  const kill = `if [ "$LR_ITERATION" = ${iteration} ] && mkdir "$LR_RUN_DIR/killed" 2> /dev/null; then kill -9 $PPID; sleep 1; fi`
  if (when === 'before') return `${kill}; ${STAGES[stage]}`
  const work = STAGES[stage].replace('git_stage() { lr-git "$@"; }; git_stage', 'lr-git')
  return `work() { ${work} "$@"; }; wrapped() { work "$@"; s=$?; ${kill}; return $s; }; wrapped`
}

const CASES = (['check', 'prompt', 'llm', 'apply', 'git'] as const).flatMap((stage) =>
  (['before', 'after'] as const).flatMap((when) => [1, 2].map((iteration) => ({ stage, when, iteration }))),
)

describe.skipIf(!hasProgram('git'))('a loop that is killed (git)', () => {
  test.each(sampleOf(CASES, 3))(
    '$when the work of $stage in iteration $iteration, goes on as if nothing had been',
    async (kill) => {
      using folder = tempFolder({ 'tree/a.txt': 'zero\n', ...REPLIES })
      const tree = join(folder.path, 'tree')
      await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: tree })
      const stages = Object.keys(STAGES) as Stage[]
      const args = stages.flatMap((stage) => [
        `--${stage}`,
        stage === kill.stage ? killing(stage, kill.when, kill.iteration) : STAGES[stage],
      ])
      const killed = await run('lr-loop', ['--run-dir', '../run', ...args, 'a.txt'], { cwd: tree })
      expect(killed.status).toBe(137)
      const { status, stdout } = await run('lr-loop', ['--json', '--resume', '../run'], { cwd: tree })
      const summary = JSON.parse(stdout) as Summary
      expect({ status, reason: summary.reason, iterations: summary.iterations }).toEqual({
        status: 0,
        reason: 'passed',
        iterations: 2,
      })
      const history = await bash('git log --format=%s main..HEAD -- a.txt | wc -l; cat a.txt; git status --porcelain', {
        cwd: tree,
      })
      expect(history.stdout).toBe('2\ntwo\n')
      // An answer that had come is not asked for again; only a call that was cut short is made a second time.
      const calls = readFileSync(join(folder.path, 'run/calls'), 'utf8').split('\n').filter(Boolean)
      expect(calls).toEqual(['1', '2'])
    },
  )
})

test.each([
  { stage: 'llm', status: 4 },
  { stage: 'check', status: 3 },
  { stage: 'apply', status: 3 },
] as const)('a run that $stage ended with $status goes on with that stage once the cause is gone', async (failing) => {
  using folder = tempFolder({ 'tree/a.txt': 'zero\n', ...REPLIES })
  const stage = (name: Stage) =>
    name === failing.stage
      ? `if mkdir "$LR_RUN_DIR/failed" 2> /dev/null; then exit ${failing.status}; fi; ${STAGES[name]}`
      : STAGES[name]
  const args = (['check', 'llm', 'apply'] as const).flatMap((name) => [`--${name}`, stage(name)])
  const options = { cwd: join(folder.path, 'tree') }
  const failed = await run('lr-loop', ['--no-git', '--run-dir', '../run', ...args, 'a.txt'], options)
  expect(failed.status).toBe(failing.status)
  const resumed = await run('lr-loop', ['--json', '--resume', '../run'], options)
  expect(JSON.parse(resumed.stdout)).toMatchObject({ status: 0, reason: 'passed', iterations: 2 })
})

describe.skipIf(!hasProgram('git'))('a run that has used up its iterations (git)', () => {
  test('goes on from its best state with more of them', async () => {
    using folder = tempFolder({ 'tree/score.txt': '0.2\n' })
    const options = { cwd: join(folder.path, 'tree') }
    await bash('git init -q -b main && git add -A && git commit -qm start', options)
    const llm = 'm() { set -- 0.5 0.4 1; shift $((LR_ITERATION - 1)); echo $1 | lr-blocks wrap score.txt; }; m'
    const check = ['sh', '-c', 'echo "score: $(cat score.txt)"; grep -q "^1$" score.txt']
    const args = ['--run-dir', '../run', '-i', '2', '--llm', llm, 'score.txt', '--', ...check]
    const first = await run('lr-loop', args, options)
    expect(first.status).toBe(1)
    expect(first.stderr).toMatch(/lr-loop: resume: lr-loop --resume \S+\/run --iterations N\n/)
    const second = await run('lr-loop', ['--json', '-i', '9', '--resume', '../run'], options)
    expect(JSON.parse(second.stdout)).toMatchObject({ status: 0, reason: 'passed', scores: [0.2, 0.5, 0.4, 1] })
    const prompt = readFileSync(join(folder.path, 'run/3/prompt.out'), 'utf8')
    expect(prompt).toContain('<<<< score.txt <<<<\n0.5\n>>>>>>>>\n')
    const journal = readFileSync(join(folder.path, 'run/journal.jsonl'), 'utf8')
    const again = await run('lr-loop', ['--json', '--resume', '../run'], options)
    expect(again).toMatchObject({ status: 2, stdout: '' })
    expect(again.stderr).toMatch(/^lr-loop: \S+: the run passed, nothing to resume/)
    expect(readFileSync(join(folder.path, 'run/journal.jsonl'), 'utf8')).toBe(journal)
  })

  test('ends at once where it gets fewer than it has had; what happened before is not decided again', async () => {
    using folder = tempFolder({ 'a.txt': 'zero\n' })
    const llm = '[ $LR_ITERATION = 3 ] && exit 4; echo "reply $LR_ITERATION" | lr-blocks wrap a.txt'
    const stop = '[ -e stop ] && echo "after $(wc -l) rounds"'
    const check = ['sh', '-c', 'tr 0-9 a-j < a.txt; exit 1']
    const args = ['--no-git', '--run-dir', 'run', '--stop', `${stop}; true`, '--llm', llm, 'a.txt', '--', ...check]
    expect(await run('lr-loop', args, { cwd: folder.path })).toMatchObject({ status: 4 })
    const fewer = await run('lr-loop', ['--resume', 'run', '-i', '1', '--json'], { cwd: folder.path })
    expect(JSON.parse(fewer.stdout)).toMatchObject({ status: 1, reason: 'iterations', iterations: 2 })
    writeFileSync(join(folder.path, 'stop'), '')
    const stopped = await run('lr-loop', ['--resume', 'run', '-i', '9'], { cwd: folder.path })
    expect(stopped.stderr).toContain('the stop command says: after 3 rounds\n')
  })

  test.each([
    { args: ['--keep', 'last'], says: '--keep cannot be changed by --resume' },
    { args: ['-m', 'other'], says: '--model cannot be changed by --resume' },
  ])('$args is refused beside --resume', async ({ args, says }) => {
    using folder = tempFolder({ 'a.txt': 'a\n' })
    await run('lr-loop', ['--no-git', '--run-dir', 'run', '--llm', 'false', 'a.txt', '--', 'true'], {
      cwd: folder.path,
    })
    const { status, stderr } = await run('lr-loop', ['--resume', 'run', ...args], { cwd: folder.path })
    expect(status).toBe(2)
    expect(stderr).toContain(`lr-loop: ${says}`)
  })
})

describe('files that are not as the run left them', () => {
  const reply = 'echo $LR_ITERATION | lr-blocks wrap a.txt'
  const changed = /^lr-loop: a\.txt: changed since the run ended \(restore the files, or start a new run\)\n/

  test.each([{ what: 'has used up its iterations', check: ['grep', '-q', '2', 'a.txt'], first: 1 }])(
    'a run that $what is not resumed, and nothing is overwritten',
    async ({ check, first }) => {
      using folder = tempFolder({ 'a.txt': 'zero\n' })
      const args = ['-q', '--no-git', '--run-dir', 'run', '-i', '1', '--llm', reply, 'a.txt', '--', ...check]
      expect(await run('lr-loop', args, { cwd: folder.path })).toMatchObject({ status: first, stderr: '' })
      writeFileSync(join(folder.path, 'a.txt'), 'mine\n')
      const record = await bash('cat run/journal.jsonl run/summary.json run/settings.json', { cwd: folder.path })
      const resumed = await run('lr-loop', ['-q', '--resume', 'run', '-i', '9'], { cwd: folder.path })
      expect(resumed).toMatchObject({ status: 3, stderr: expect.stringMatching(changed) as string })
      expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('mine\n')
      const after = await bash('cat run/journal.jsonl run/summary.json run/settings.json', { cwd: folder.path })
      expect(after.stdout).toBe(record.stdout)
    },
  )

  test('a file that is new in a folder of the sources is reported, too', async () => {
    using folder = tempFolder({ 'tree/src/a.txt': 'zero\n' })
    const options = { cwd: join(folder.path, 'tree') }
    await run('lr-loop', ['--no-git', '--run-dir', '../run', '--llm', 'exit 4', 'src', '--', 'false'], options)
    writeFileSync(join(folder.path, 'tree/src/b.txt'), 'new\n')
    const { status, stderr } = await run('lr-loop', ['-q', '--resume', '../run'], options)
    expect(status).toBe(3)
    expect(stderr).toContain('lr-loop: src: new files since the run ended (')
  })

  test.skipIf(!hasProgram('git'))('HEAD on another branch than the run (git): no commit is made there', async () => {
    using folder = tempFolder({ 'tree/a.txt': 'zero\n' })
    const options = { cwd: join(folder.path, 'tree') }
    await bash('git init -q -b main && git add -A && git commit -qm start', options)
    const args = [
      '--run-dir',
      '../run',
      '--llm',
      `mkdir ../failed && exit 4; ${reply}`,
      'a.txt',
      '--',
      'grep',
      '-q',
      '1',
      'a.txt',
    ]
    expect((await run('lr-loop', args, options)).status).toBe(4)
    await bash('git switch -qc other', options)
    const journal = readFileSync(join(folder.path, 'run/journal.jsonl'), 'utf8')
    const resumed = await run('lr-loop', ['--resume', '../run'], options)
    expect(readFileSync(join(folder.path, 'run/journal.jsonl'), 'utf8')).toBe(journal)
    expect(resumed.status).toBe(3)
    expect(resumed.stderr).toMatch(
      /^lr-loop: HEAD: on other, not on main, the branch of this run \(git switch main; then: lr-loop --resume .+\)\n/m,
    )
    await bash('git switch -q main', options)
    expect((await run('lr-loop', ['--resume', '../run'], options)).status).toBe(0)
    expect((await bash('git rev-list --count main', options)).stdout).toBe('1\n')
  })
})

test('--resume without a run to go on with says so', async () => {
  using folder = tempFolder()
  const env = { XDG_STATE_HOME: folder.path }
  expect(await run('lr-loop', ['--resume'], { cwd: folder.path, env })).toMatchObject({ status: 2, stdout: '' })
  const { stderr } = await run('lr-loop', ['--resume', 'nothing-here'], { cwd: folder.path, env })
  expect(stderr).toMatch(/^lr-loop: .*nothing-here: no run to resume \(.*\)\n$/)
})
