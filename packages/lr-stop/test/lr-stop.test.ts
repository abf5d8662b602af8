import { describe, expect, test } from 'vitest'
import { bash, run, tempFolder } from '@loop-runner/test-kit'

const lines = (...rounds: object[]) => rounds.map((round) => `${JSON.stringify(round)}\n`).join('')
const scored = (...scores: number[]) => lines(...scores.map((score) => ({ score })))

/** The reference values of loopllm's engine: threshold 0.8, 5 iterations, plateau 0.01. */
test.each([
  { scores: [0.3, 0.5, 0.9], args: [], ends: 3, reason: 'passed', best: 3 },
  { scores: [0.5, 0.5, 0.5, 0.5], args: [], ends: 3, reason: 'plateau', best: 1 },
  { scores: [0.5, 0.505, 0.51, 0.9], args: [], ends: 3, reason: 'plateau', best: 3 },
  { scores: [0.9, 0.2, 0.2, 0.2, 0.2], args: ['--min-iterations=3'], ends: 4, reason: 'plateau', best: 1 },
  { scores: [0.5, 0.4, 0.3, 0.2, 0.1], args: [], ends: 5, reason: 'iterations', best: 1 },
  { scores: [0.5, 0.7, 0.6], args: ['--iterations=3'], ends: 3, reason: 'iterations', best: 2 },
])('scores $scores with $args end after $ends: $reason', async ({ scores, args, ends, reason, best }) => {
  const defaults = ['--json', '--threshold=0.8', '--plateau=0.01', ...(args[0]?.includes('=3') ? [] : ['-i5'])]
  const limits = [...defaults, ...(args.includes('--min-iterations=3') ? ['-i5'] : []), ...args]
  for (let count = 1; count <= ends; count++) {
    const ran = await run('lr-stop', limits, { stdin: scored(...scores.slice(0, count)) })
    expect({ count, status: ran.status }).toEqual({ count, status: count === ends ? 0 : 1 })
    if (count === ends) expect(JSON.parse(ran.stdout)).toMatchObject({ stop: true, reason, best: { iteration: best } })
  }
})

describe('one line a round', () => {
  test.each<[input: string, args: string[], status: number, stdout: string]>([
    ['', ['--threshold=0.8', '-i5'], 1, ''],
    [lines({ passed: true }), [], 0, 'passed\n'],
    [lines({ passed: false }), [], 1, ''],
    [lines({ iteration: 0, score: 0.9, reply: null }), ['--threshold=0.8'], 0, 'passed\n'],
    [lines({ score: 0.1, reply: 'nothing' }, { score: 0.1, reply: 'nothing' }), [], 0, 'no-new-versions\n'],
    [lines({ score: 0.1, reply: 'nothing' }), ['--patience=1'], 0, 'no-new-versions\n'],
    [lines({ score: 0.1, output: 'a' }, { score: 0.2, output: 'a' }), ['--repeat'], 0, 'oscillating\n'],
    [lines({ score: 0.1, output: 'a' }, { score: 0.2, output: 'a' }), [], 1, ''],
    [lines({ score: 0.1, seconds: 40 }, { score: 0.2, seconds: 20 }), ['--timeout=60'], 0, 'timeout\n'],
    [lines({ score: 0.1, tokens: 9 }), ['--max-tokens=9'], 0, 'budget\n'],
    [lines({ score: 0.1, cost: 0.5 }, { score: 0.2, cost: 0.5 }), ['--max-cost=1'], 0, 'budget\n'],
    [lines({ score: 0.1, other: [1] }), [], 1, ''],
    ['no JSON\n', [], 2, ''],
    [lines({ score: 7 }), [], 2, ''],
    [lines({}), [], 2, ''],
  ])('%j %j: %i', async (stdin, args, status, stdout) => {
    expect(await run('lr-stop', args, { stdin })).toMatchObject({ status, stdout })
  })
})

test.each([
  { line: 'no JSON', says: 'not a round (expected a JSON object with "score" from 0 to 1, or "passed")' },
  { line: '{"tokens":1}', says: 'not a round (expected a JSON object with "score" from 0 to 1, or "passed")' },
  { line: '{"score":1.5}', says: '"score": invalid value 1.5 (a number from 0 to 1)' },
  { line: '{"score":null}', says: '"score": invalid value null (a number from 0 to 1)' },
  { line: '{"passed":"true"}', says: '"passed": invalid value "true" (true or false)' },
  { line: '{"score":1,"tree":7}', says: '"tree": invalid value 7 (text)' },
  { line: '{"score":1,"tokens":-1}', says: '"tokens": invalid value -1 (a number from 0)' },
  {
    line: '{"score":1,"reply":"done"}',
    says: '"reply": invalid value "done" (choose from changed, unchanged, rejected, nothing, asked, blocked, incomplete)',
  },
])('$line: $says', async ({ line, says }) => {
  const ran = await run('lr-stop', [], { stdin: `{"score":0.5}\n${line}\n` })
  expect(ran).toEqual({ status: 2, stdout: '', stderr: `lr-stop: standard input: line 2: ${says}\n` })
})

test('it is a stop command of lr-loop', async () => {
  using folder = tempFolder({ 'a.txt': '0\n' })
  const script = `lr-loop -q --json --no-git --stop 'lr-stop --plateau 0.3' --llm 'echo $LR_ITERATION | lr-blocks wrap a.txt' \\
    a.txt -- sh -c 'echo "score: 0.$(cat a.txt)"; exit 1'`
  const { stdout } = await bash(script, { cwd: folder.path })
  expect(JSON.parse(stdout)).toMatchObject({
    reason: 'custom',
    iterations: 3,
    message: 'stopped by the stop command: plateau',
  })
})
