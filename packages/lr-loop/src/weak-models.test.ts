import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/cli-kit/testing'
import type { Summary } from './summary.ts'

const BAD = 'exports.add = (a, b) => a - b\nexports.double = (a) => a + a + a\nexports.zero = () => 1\n'
const STEP_1 = BAD.replace('a - b', 'a + b')
const STEP_2 = STEP_1.replace('a + a + a', 'a + a')
const GOOD = STEP_2.replace('() => 1', '() => 0')
const CHECK = [
  'node',
  '-e',
  `const m = require('./sum.js'); const right = (m.add(1, 2) === 3) + (m.double(2) === 4) + (m.zero() === 0)
   console.log('score: ' + right + '/3'); if (right < 3) { console.error('only ' + right + ' of 3'); process.exit(1) }`,
]

const block = (content: string) => `<<<< sum.js <<<<\n${content}>>>>>>>>\n`
const fence = (content: string) => `\`\`\`js\n${content}\`\`\`\n`

/** Habits of weak models: their replies, one per call, and the calls that a repair takes. */
const MODELS: readonly { habit: string; replies: readonly string[]; calls: number }[] = [
  ...[
    `sum.js\n${fence(GOOD)}`,
    `**sum.js**\n${fence(GOOD)}`,
    `### sum.js\n\n${fence(GOOD)}`,
    `\`sum.js\`:\n${fence(GOOD)}`,
    `1. sum.js\n${fence(GOOD)}`,
    `\`\`\`js sum.js\n${GOOD}\`\`\`\n`,
    `\`\`\`js\n// sum.js\n${GOOD}\`\`\`\n`,
    `Here is the fixed file:\n\n${fence(GOOD)}\nI corrected the operators.\n`,
  ].map((reply, index) => ({ habit: `a fence, spelling ${index + 1}`, replies: [reply], calls: 1 })),
  { habit: 'repeats the file as it is once', replies: [block(BAD), block(GOOD)], calls: 2 },
  { habit: 'repeats its own last reply once', replies: [block(STEP_1), block(STEP_1), block(GOOD)], calls: 3 },
  { habit: 'explains first', replies: ['The operators are wrong.\n', block(GOOD)], calls: 2 },
  {
    habit: 'declares itself done first',
    replies: ['All is well.\nNo further improvements possible\n', block(GOOD)],
    calls: 2,
  },
  {
    habit: 'abbreviates',
    replies: [block('exports.add = (a, b) => a + b\n// ... rest of the code\n'), block(GOOD)],
    calls: 2,
  },
  { habit: 'fixes one bug a turn', replies: [block(STEP_1), block(STEP_2), block(GOOD)], calls: 3 },
]

describe.concurrent('a scripted weak model repairs the file', () => {
  test.each(MODELS)('$habit: $calls calls', async ({ replies, calls }) => {
    using folder = tempFolder({
      'sum.js': BAD,
      ...Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])),
    })
    const args = ['--no-git', '--json', '--run-dir=run', '--model=replay:replies', 'sum.js', '--', ...CHECK]
    const { status, stdout, stderr } = await run('lr-loop', args, { cwd: folder.path })
    const { reason, iterations } = JSON.parse(stdout) as Summary
    const left = readFileSync(join(folder.path, 'sum.js'), 'utf8').replace(/^\/\/ sum\.js\n/, '')
    expect({ status, reason, iterations, left }, stderr).toEqual({
      status: 0,
      reason: 'passed',
      iterations: calls,
      left: GOOD,
    })
  })
})

test('a reported request for a file is a call, not a failure; the same request again is refused', async () => {
  using folder = tempFolder({ 'src/a.txt': 'one\n', 'src/b.txt': 'b\n' })
  const ask = '<<<< show <<<<\nsrc/b.txt\n>>>>>>>>\n'
  const llm = `case $LR_ITERATION in 1|2) printf '${ask.replaceAll('\n', '\\n')}';; *) echo two | lr-blocks wrap src/a.txt;; esac`
  const apply = 'case $LR_ITERATION in 1|2) cat; exit 1;; *) lr-apply src;; esac'
  const stages = ['--llm', llm, '--apply', apply]
  const args = ['--no-git', '--json', '--run-dir=run', ...stages, 'src', '--', 'grep', '-q', 'two', 'src/a.txt']
  const { stdout, stderr } = await run('lr-loop', args, { cwd: folder.path })
  const { reason, rounds } = JSON.parse(stdout) as Summary
  expect({ reason, replies: rounds.map(({ reply }) => reply) }, stderr).toEqual({
    reason: 'passed',
    replies: [null, 'asked', 'rejected', 'changed'],
  })
  expect(readFileSync(join(folder.path, 'run/3/prompt.out'), 'utf8')).toContain('you asked for these files before')
})

test('the second prompt says what the first reply did', async () => {
  using folder = tempFolder({ 'a.txt': 'one\n' })
  const llm = 'echo "Why: reason $LR_ITERATION."; echo $LR_ITERATION | lr-blocks wrap a.txt'
  const args = ['--no-git', '--run-dir=run', '-i2', '--llm', llm, 'a.txt', '--', 'grep', '-q', '2', 'a.txt']
  expect((await run('lr-loop', args, { cwd: folder.path })).status).toBe(0)
  const prompts = [1, 2].map((number) => readFileSync(join(folder.path, `run/${number}/prompt.out`), 'utf8'))
  expect(prompts[0]).not.toContain('history')
  expect(prompts[1]).toMatch(/Reply 1 changed a\.txt; the check: fail/)
})
