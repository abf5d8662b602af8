import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

const runs = (count: number, scores: number[], passed: boolean, more: object = {}) =>
  `${JSON.stringify({ label: null, model: 'm', passed, reason: passed ? 'passed' : 'iterations', scores, ...more })}\n`.repeat(
    count,
  )
const STUCK = [0, 0.3, 0.3, 0.3, 0.3]
const GO_ON = { status: 1, stdout: '', stderr: '' }
const SLOW = [0, 0.3, 0.3, 0.3, 1]

test.each<[what: string, earlier: string, scores: number[], expected: object]>([
  [
    'none of 20 like it passed',
    runs(20, STUCK, false),
    [0.3, 0.3],
    {
      status: 0,
      stdout: 'unlikely\n',
      stderr: 'lr-stop: 0 of 20 runs like this one passed: a chance of 3.4 % at most\n',
    },
  ],
  ['19 say nothing', runs(19, STUCK, false), [0.3, 0.3], GO_ON],
  ['some passed later', runs(20, STUCK, false) + runs(3, SLOW, true), [0.3, 0.3], GO_ON],
  ['another score', runs(40, STUCK, false), [0.6, 0.6], GO_ON],
  ['it still changes', runs(40, STUCK, false), [0.26, 0.4], GO_ON],
  ['the first reply of a run without one', runs(40, STUCK, false), [], GO_ON],
  ['runs that were cut short', runs(40, STUCK, false, { reason: 'interrupted' }), [0.3, 0.3], GO_ON],
  ['a run at work', runs(40, STUCK, false, { reason: null }), [0.3, 0.3], GO_ON],
  [
    'no run',
    'x\n',
    [0.3],
    { status: 2, stdout: '', stderr: 'lr-stop: runs.jsonl:1: not a run (expected a line of lr-loop runs --json)\n' },
  ],
])('--learn: %s', async (_what, earlier, scores, expected) => {
  using folder = tempFolder({ 'runs.jsonl': earlier })
  const stdin = scores.map((score) => `${JSON.stringify({ score })}\n`).join('')
  expect(await run('lr-stop', ['--learn=runs.jsonl'], { cwd: folder.path, stdin })).toEqual(expected)
})

test('--learn: a pass comes first, and a file that is not there is an error', async () => {
  using folder = tempFolder({ 'runs.jsonl': runs(40, STUCK, false) })
  const passed = await run('lr-stop', ['--learn=runs.jsonl', '--threshold=0.3'], {
    cwd: folder.path,
    stdin: '{"score":0.3}\n',
  })
  expect(passed).toMatchObject({ status: 0, stdout: 'passed\n' })
  const missing = await run('lr-stop', ['--learn=no.jsonl'], { cwd: folder.path, stdin: '{"score":0.3}\n' })
  expect(missing).toMatchObject({ status: 2, stderr: expect.stringMatching(/^lr-stop: no\.jsonl: /) })
})
