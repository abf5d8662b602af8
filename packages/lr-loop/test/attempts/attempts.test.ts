import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { attemptsRepository, CHECK, model, NO_TRACES, reply } from '../support/attempts-repository.ts'

describe.skipIf(!hasProgram('git'))('several attempts (git)', () => {
  test('the first that passes is kept; one that is at work is stopped, whatever it does against it', async () => {
    using repository = await attemptsRepository()
    const stubborn = 'trap "" TERM; setsid sleep 71.5 & sleep 71.5'
    const llm = model({ '1.1': stubborn, '2.1': reply('0.9'), '2.2': reply(1), '3.*': reply('0.1') })
    const { status, summary, score } = await repository.loop(['--attempts=3', '-j2', '--llm', llm, ...CHECK])
    expect({ status, score }).toEqual({ status: 0, score: '1' })
    expect(summary).toMatchObject({ reason: 'passed', iterations: 2, scores: [0.2, 0.9, 1] })
    expect(summary.attempts?.map(({ attempt, reason, kept }) => ({ attempt, reason, kept }))).toEqual([
      { attempt: 2, reason: 'passed', kept: true },
      { attempt: 1, reason: 'stopped', kept: false },
    ])
    // As after a single loop: on the run's branch, its commits on top of where it started from.
    expect(await repository.git('branch --show-current')).toBe(summary.branch)
    expect((await repository.git('rev-list --reverse main..HEAD')).split('\n')).toEqual(summary.commits)
    expect(await repository.git('status --porcelain')).toBe('')
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test('one after the other ends with the first that passes; the others are not begun', async () => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': reply('0.5'), '2.1': reply(1), '3.1': reply(1) })
    const { status, summary } = await repository.loop(['--attempts=3', '-i1', '--llm', llm, ...CHECK])
    expect({ status, attempts: summary.attempts?.map(({ reason }) => reason) }).toEqual({
      status: 0,
      attempts: ['iterations', 'passed'],
    })
  })

  test('where none passes the best score is kept, and what the others did stays in their folders', async () => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': reply('0.3'), '2.1': reply('0.7'), '3.1': reply('0.5') })
    const { status, summary, score } = await repository.loop(['--attempts=3', '-j3', '-i1', '--llm', llm, ...CHECK])
    expect({ status, score, reason: summary.reason }).toEqual({ status: 1, score: '0.7', reason: 'iterations' })
    expect(summary).toMatchObject({ iterations: 1, scores: [0.2, 0.7], usage: { calls: 3 } })
    for (const { attempt, run, commits, kept } of summary.attempts ?? []) {
      expect(kept).toBe(attempt === 2)
      expect(readFileSync(join(run, 'changes.diff'), 'utf8')).toMatch(/^-0\.2\n\+0\.[357]$/m)
      expect(await repository.git(`bundle list-heads ${run}/commits.bundle`)).toContain(commits.at(-1))
      expect(readFileSync(join(run, '1/llm.out'), 'utf8')).toContain('score.txt')
    }
    expect(await repository.traces()).toBe(NO_TRACES)
    // Another one can be had instead.
    const other = summary.attempts?.find(({ attempt }) => attempt === 3)?.run
    await repository.git('switch -q main')
    const taken = await bash(`lr-git start other && lr-git take ${other}/commits.bundle && cat score.txt`, {
      cwd: repository.tree,
    })
    expect(taken.stdout).toMatch(/^0\.5$/m)
  })

  test('a limit over all of them ends the choice: --resume tells the same, and takes no other limits', async () => {
    using repository = await attemptsRepository()
    const used = `echo '{"input":60}' | lr-blocks wrap usage`
    const llm = model({ '1.1': `${reply('0.5')}; ${used}`, '2.1': `${reply('0.6')}; ${used}`, '3.1': reply(1) })
    const begun = await repository.loop(['--attempts=3', '-i1', '--max-tokens=100', '--llm', llm, ...CHECK])
    expect(begun).toMatchObject({ status: 1, score: '0.6', summary: { reason: 'budget' } })
    expect(begun.stderr).toContain('to continue: start a new run from the files as they are now\n')
    const more = await repository.loop(['--resume', '--max-tokens=1000', repository.run])
    expect(more).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('limits of attempts cannot be changed'),
    })
    const again = await repository.loop(['--resume', repository.run])
    expect(again).toMatchObject({ status: 1, score: '0.6', summary: { commits: begun.summary.commits } })
  })

  test('where none is better than what was there, nothing is changed', async () => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': reply('0.1'), '2.1': 'echo "I do not know."' })
    const { status, summary, score } = await repository.loop(['--attempts=2', '-i1', '--llm', llm, ...CHECK])
    expect({ status, score, commits: summary.commits }).toEqual({ status: 1, score: '0.2', commits: [] })
    expect(await repository.git('status --porcelain')).toBe('')
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test('the check passes at once: no attempt, no branch', async () => {
    using repository = await attemptsRepository()
    const { status, summary } = await repository.loop(['--attempts=2', '--llm', 'exit 9', 'score.txt', '--', 'true'])
    expect({ status, branch: summary.branch, attempts: summary.attempts }).toEqual({ status: 0, branch: null })
  })

  test('the limits hold over all attempts together', async () => {
    using repository = await attemptsRepository()
    const used = 'echo \'{"input":40,"output":20}\' | lr-blocks wrap usage'
    const args = ['--attempts=5', '-i1', '--max-tokens=100', '--llm', `m() { ${reply('0.$LR_ATTEMPT')}; ${used}; }; m`]
    const { status, summary } = await repository.loop([...args, ...CHECK])
    expect({ status, reason: summary.reason }).toEqual({ status: 1, reason: 'budget' })
    expect(summary.usage).toMatchObject({ calls: 2, tokens: 120 })
    expect(summary.attempts).toHaveLength(2)
  })

  test('an attempt sees what the others have used before each of its calls', async () => {
    using repository = await attemptsRepository()
    const used = 'echo \'{"input":40,"output":20}\' | lr-blocks wrap usage'
    // The second attempt asks only once the first has used its part.
    const wait = `until grep -qs replied ${repository.run}/attempts/run-1/journal.jsonl; do sleep 0.05; done`
    const llm = `m() { [ $LR_ATTEMPT = 1 ] || { ${wait}; }; ${reply('0.3$LR_ITERATION')}; ${used}; }; m`
    const { summary } = await repository.loop(['--attempts=2', '-j2', '--max-tokens=110', '--llm', llm, ...CHECK])
    expect(summary.usage?.tokens).toBeLessThanOrEqual(180)
    expect(summary.attempts?.map(({ reason }) => reason)).toContain('budget')
  })

  test('models, temperatures and seeds differ; every stage knows its attempt', async () => {
    using repository = await attemptsRepository()
    using replies = tempFolder({
      'a/1.txt': 'Nothing.\n',
      'b/1.txt': '<<<< score.txt <<<<\n0.5\n>>>>>>>>\n',
    })
    const models = `--models=replay:${replies.path}/a,replay:${replies.path}/b`
    const told = '"$LR_ATTEMPT $LR_LLM_MODEL $LR_LLM_TEMPERATURE $LR_LLM_SEED"'
    const prompt = `p() { echo ${told} >> ${repository.path}/told; lr-prompt; }; p`
    const args = [models, '--temperatures=0,0.8', '--seed=7', '-i1', '--prompt', prompt, ...CHECK]
    const { status, summary } = await repository.loop(args)
    const [a, b] = [`replay:${replies.path}/a`, `replay:${replies.path}/b`]
    expect(readFileSync(join(repository.path, 'told'), 'utf8').trim().split('\n')).toEqual([
      `1 ${a} 0 7`,
      `2 ${b} 0 8`,
      `3 ${a} 0.8 9`,
      `4 ${b} 0.8 10`,
    ])
    expect(status).toBe(1)
    expect(summary.attempts?.find(({ kept }) => kept)).toMatchObject({ attempt: 2, model: b, temperature: 0, seed: 8 })
  })

  test('one attempt with a temperature is a plain loop that has it', async () => {
    using repository = await attemptsRepository()
    const llm = `m() { ${reply('$LR_LLM_TEMPERATURE')}; }; m`
    const { summary, score } = await repository.loop(['--temperatures=1', '--llm', llm, ...CHECK])
    expect({ score, reason: summary.reason, attempts: summary.attempts }).toEqual({ score: '1', reason: 'passed' })
  })

  test('attempts that fail are counted apart from those that end; all failing is a failure', async () => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': 'exit 3', '2.1': reply('0.5') })
    const { status, summary } = await repository.loop(['--attempts=2', '-i1', '--llm', llm, ...CHECK])
    expect({ status, reasons: summary.attempts?.map(({ reason }) => reason) }).toEqual({
      status: 1,
      reasons: ['error', 'iterations'],
    })
    using other = await attemptsRepository()
    const failing = await other.loop(['--attempts=2', '--llm', 'exit 4', ...CHECK])
    expect(failing).toMatchObject({ status: 4, summary: { reason: 'error', commits: [] } })
    expect(failing.stderr).toContain('every attempt failed')
    expect(await other.traces()).toBe(NO_TRACES)
  })

  test('one that is killed ends nothing but itself, and what it had done is reported', async () => {
    using repository = await attemptsRepository()
    // The stage is started by the loop of its attempt.
    const llm = model({ '1.1': reply('0.5'), '1.2': 'kill -9 $PPID; sleep 72.5', '2.*': reply('0.7') })
    const { status, summary } = await repository.loop(['--attempts=2', '-i3', '--llm', llm, ...CHECK])
    expect({ status, reason: summary.reason }).toEqual({ status: 1, reason: 'identical' })
    expect(summary.attempts).toMatchObject([
      { attempt: 1, reason: 'error', iterations: 1, scores: [0.2, 0.5], kept: false },
      { attempt: 2, reason: 'identical', kept: true },
    ])
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test('a file that the user has changed meanwhile is left, and the attempt can still be had', async () => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': `echo mine > ${repository.tree}/score.txt; ${reply(1)}` })
    const { status, stderr, score } = await repository.loop(['--attempts=2', '--llm', llm, ...CHECK])
    expect({ status, score }).toEqual({ status: 3, score: 'mine' })
    expect(stderr).toMatch(/attempt 1 is the best.*score\.txt: has changes.*lr-git take \S+\/commits\.bundle/)
    writeFileSync(join(repository.tree, 'score.txt'), '0.2\n')
    const resumed = await repository.loop(['--resume', repository.run])
    expect(resumed).toMatchObject({ status: 0, score: '1' })
  })

  test('a check that passes in the tree of an attempt and fails here is no pass', async () => {
    using repository = await attemptsRepository()
    const check = ['score.txt', '--', 'sh', '-c', 'case $PWD in */attempts/*) grep 0.5 score.txt;; *) exit 1;; esac']
    const { status, stderr } = await repository.loop(['--attempts=2', '--llm', `m() { ${reply('0.5')}; }; m`, ...check])
    expect(status).toBe(3)
    expect(stderr).toContain('the check passes in the tree of attempt 1, but fails on the same files in')
  })
})
