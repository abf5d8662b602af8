import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run } from '@loop-runner/test-kit'
import { attemptsRepository, CHECK, model, reply } from '../support/attempts-repository.ts'

const steady = (text: string) =>
  text
    .replaceAll(/\b\d+(?:\.\d+)? s\b/g, 'T')
    .replaceAll(/\b[0-9a-f]{12}\b/g, 'COMMIT')
    .split('\n')

describe.skipIf(!hasProgram('git'))('what is shown of attempts (git)', () => {
  test('lr-loop show: what came of each, which one was kept and why; each by its number', async () => {
    using repository = await attemptsRepository()
    const used = `echo '{"input":1000,"output":200,"cost":0.01}' | lr-blocks wrap usage`
    const llm = model({ '1.1': `${reply('0.3')}; ${used}`, '2.1': reply(1), '*': 'true' })
    await repository.loop(['--attempts=3', '-i1', '--temperatures=0,0.4', '--llm', llm, ...CHECK])
    const show = async (...args: string[]) => steady((await run('lr-loop', ['show', ...args, repository.run])).stdout)
    const page = await show()
    expect(page.filter((line) => /^(used|kept|each|keep)|^ *\d? +(outcome|\w+ +\d\.)/.test(line))).toEqual([
      'used:    2 replies, 1,200 tokens, cost unknown',
      'kept:    attempt 2 (the first that passed)',
      '   outcome     score  replies  tokens     cost   time  commit        what is different',
      '1  iterations   0.30        1   1,200  $0.0100  T  COMMIT  temperature 0',
      '2  passed       1.00        1       0        -  T  COMMIT  temperature 0.4',
      'keep: lr-git finish, or lr-git finish --squash; take back: lr-git abandon',
      `each of them: lr-loop show --attempt N ${repository.run}`,
    ])
    const first = await show('--attempt=1')
    expect(first[0]).toBe('stopped: all iterations are used, and the check still fails')
    expect(first.join('\n')).toMatch(
      /\nlook: \S+\/run-1\/changes\.diff; have it: lr-git take \S+\/run-1\/commits\.bundle\n/,
    )
    expect(await run('lr-loop', ['show', '--attempt=3', repository.run])).toMatchObject({ status: 2, stdout: '' })
    const json = await run('lr-loop', ['show', '--json', repository.run])
    expect(JSON.parse(json.stdout)).toMatchObject({
      usage: { calls: 2, tokens: 1200 },
      attempts: [
        { attempt: 1, kept: false, view: { usage: { tokens: 1200, cost: 0.01 } } },
        { attempt: 2, temperature: 0.4, state: 'passed', kept: true },
      ],
    })
    const followed = await show('--follow')
    const sizes = / \(prompt: about \d+ tokens\)$/
    expect(followed.slice(0, 7).map((line) => line.replace(sizes, ''))).toEqual([
      'sources: 1 file, 4 bytes, about 1 token',
      'check fails (score 0.20)',
      'attempt 1 (temperature 0) begins',
      'attempt 1: check fails (score 0.20)',
      'attempt 1: iteration 1 of at most 1: asking the model',
      'attempt 1: new versions: score.txt',
      'attempt 1: check fails (score 0.30)',
    ])
    expect(followed).toContain('the files are as attempt 2 left them')
  })

  test.each([
    {
      what: 'the best score',
      replies: ['0.3', '0.7'],
      kept: 'attempt 2 (none passed, and its score is the best: 0.70)',
    },
    { what: 'none', replies: ['0.1', '0.1'], kept: undefined },
  ])('lr-loop show: $what', async ({ replies: [first = '', second = ''], kept }) => {
    using repository = await attemptsRepository()
    const llm = model({ '1.1': reply(first), '2.1': reply(second) })
    await repository.loop(['--attempts=2', '-i1', '--llm', llm, ...CHECK])
    const { stdout } = await run('lr-loop', ['show', repository.run])
    expect(/^kept: {4}(.*)$/m.exec(stdout)?.[1]).toBe(kept)
  })

  test('lr-loop runs counts what all attempts used; show knows one by the name that FIXES.md has', async () => {
    using repository = await attemptsRepository()
    const env = { XDG_STATE_HOME: repository.path, LLM: `m() { ${reply('0.3')}; }; m`, CHECK: CHECK.at(-1) ?? '' }
    const script = `lr-loop -q --attempts 3 -i1 --llm "$LLM" score.txt -- sh -c "$CHECK"; lr-loop runs; lr-loop runs --json
      lr-loop show $(sed -n 's/^## Run //p' FIXES.md) | grep ^branch`
    const { stdout } = await bash(script, { cwd: repository.tree, env })
    expect(stdout).toMatch(/\n\S+ {2}\d+ \w+ ago {2}iterations +3 {3}0\.30 {5}- /)
    expect(stdout).toContain('"attempts":3,"replies":3,')
    expect(stdout).toMatch(/^branch: {2}lr\/\S+-1$/m)
  })

  test.skipIf(!hasProgram('script'))('the live view has a line for each attempt that is at work (script)', async () => {
    using repository = await attemptsRepository()
    const both = `until [ -e ${repository.path}/go ]; do sleep 0.05; done`
    const llm = model({ '1.*': `${both}; ${reply('0.5')}`, '2.*': `${both}; ${reply('0.4')}` })
    const loop = `lr-loop --attempts 2 -j2 -i1 --temperatures 0,1 --run-dir ../run --heartbeat 10ms --llm "$LLM" score.txt -- sh -c "$CHECK"`
    const script = `timeout 40 script -qec '${loop}' ../shown > /dev/null < /dev/null & pid=$!
      until ! kill -0 $pid || grep -qs "attempt 1 (temperature 0).*asking the model.*" ../shown && grep -qs "attempt 2 (temperature 1).*asking the model" ../shown
      do sleep 0.05; done; touch ../go; wait $pid; cat ../shown`
    const env = { TERM: 'xterm', COLUMNS: '100', LLM: llm, CHECK: CHECK.at(-1) ?? '' }
    const { stdout } = await bash(script, { cwd: repository.tree, env })
    expect(stdout).toContain('  0 of 2 attempts have ended · ')
    expect(stdout).toMatch(
      / {2}attempt 2 \(temperature 1\) · iteration 1 of at most 1 · asking the model \d+\.\d s · score ▂ 0\.20/,
    )
    expect(stdout).toContain(' · 2 replies · 0 tokens · cost unknown')
    expect(stdout).not.toContain('still in')
  })

  test('an attempt gives a sign of life as often as --heartbeat says', async () => {
    using repository = await attemptsRepository()
    const wait = `until grep -q 'attempt 1: iteration 1: still in the llm stage' ${repository.path}/log; do sleep 0.05; done`
    const env = { LLM: `m() { ${wait}; ${reply(1)}; }; m`, CHECK: CHECK.at(-1) ?? '' }
    const loop = `timeout 20 lr-loop --attempts 2 --heartbeat 50ms --run-dir ../run --llm "$LLM" score.txt -- sh -c "$CHECK" 2> ../log`
    expect(await bash(loop, { cwd: repository.tree, env })).toMatchObject({ status: 0 })
  })
})
