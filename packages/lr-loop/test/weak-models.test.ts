import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

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
  ].map((reply, index) => ({ habit: `answers in a fence, spelling ${index + 1}`, replies: [reply], calls: 1 })),
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
  { habit: 'asks for a file first', replies: ['<<<< show <<<<\nhelp.js\n>>>>>>>>\n', block(GOOD)], calls: 2 },
  {
    habit: 'asks for the same file twice',
    replies: ['<<<< show <<<<\nhelp.js\n>>>>>>>>\n', '<<<< show <<<<\nhelp.js\n>>>>>>>>\n', block(GOOD)],
    calls: 3,
  },
  { habit: 'fixes one bug a turn', replies: [block(STEP_1), block(STEP_2), block(GOOD)], calls: 3 },
]

test('the page of prompts has this table', () => {
  const page = readFileSync(new URL('../../../docs/prompts.md', import.meta.url), 'utf8')
  for (const { habit, calls } of MODELS) expect(page).toContain(`| ${habit} | ${calls} |`)
})

describe.concurrent('a scripted weak model repairs the file', () => {
  test.each(sampleOf(MODELS, 2))('$habit: $calls calls', async ({ replies, calls }) => {
    using folder = tempFolder({
      'sum.js': BAD,
      'help.js': 'exports.help = 1\n',
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

describe('replies without new versions', () => {
  const show = (paths: string) => `I need more.\n\n<<<< show <<<<\n${paths}>>>>>>>>\n`
  const FILES = { 'src/a.txt': 'one\n', 'src/b.txt': 'the b\n', 'notes.md': 'the notes\n' }
  const fix = '<<<< src/a.txt <<<<\ntwo\n>>>>>>>>\n'

  async function loop(replies: readonly string[]) {
    const texts = Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text]))
    using folder = tempFolder({ ...FILES, ...texts })
    const args = ['--no-git', '--json', '--run-dir=run', '--model=replay:replies']
    const ran = await run('lr-loop', [...args, 'src/a.txt', '--', 'grep', '-q', 'two', 'src/a.txt'], {
      cwd: folder.path,
    })
    const summary = JSON.parse(ran.stdout) as Summary
    const page = (await run('lr-loop', ['show', 'run'], { cwd: folder.path })).stdout
    return { ...ran, summary, kinds: summary.rounds.map(({ reply }) => reply), page }
  }

  test.each([
    { title: 'one request', replies: [show('notes.md\n'), fix], kinds: ['asked', 'changed'] },
    {
      title: 'two requests',
      replies: [show('notes.md\n'), show('src/b.txt\nnotes.md\n'), fix],
      kinds: ['asked', 'asked', 'changed'],
    },
    {
      title: 'more requests than --patience allows replies without a change',
      replies: [show('notes.md\n'), show('src/b.txt\n'), show('src/c.txt\n'), fix],
      kinds: ['asked', 'asked', 'asked', 'changed'],
    },
    {
      title: 'the same request again',
      replies: [show('notes.md\n'), show('notes.md\n'), fix],
      kinds: ['asked', 'rejected', 'changed'],
    },
  ])('$title: a call, and not a failure', async ({ replies, kinds }) => {
    const { status, kinds: found, stderr } = await loop(replies)
    expect({ status, kinds: found }, stderr).toEqual({ status: 0, kinds: [null, ...kinds] })
  })

  test('the next prompts show what was asked for, and name what cannot be shown', async () => {
    using folder = tempFolder({
      ...FILES,
      '.env': 'KEY=1\n',
      'replies/1.txt': show('notes.md\n.env\n../other\n'),
      'replies/2.txt': fix.replace('two', 'three'),
      'replies/3.txt': fix,
    })
    const args = [
      '--no-git',
      '--run-dir=run',
      '--model=replay:replies',
      'src/a.txt',
      '--',
      'grep',
      '-q',
      'two',
      'src/a.txt',
    ]
    expect(await run('lr-loop', args, { cwd: folder.path })).toMatchObject({ status: 0 })
    for (const iteration of [2, 3]) {
      const prompt = readFileSync(join(folder.path, `run/${iteration}/prompt.out`), 'utf8')
      expect(prompt).toContain('<<<< notes.md <<<<\nthe notes\n>>>>>>>>\n')
      expect(prompt).toContain('".env" cannot be shown: ')
      expect(prompt).not.toContain('KEY=1')
    }
  })

  const blocked = '<<<< blocked <<<<\nThe test wants three,\x1b[31m in b.txt.\n>>>>>>>>\n'

  test.each([
    { title: 'twice', replies: [blocked, blocked], kinds: ['blocked', 'blocked'] },
    {
      title: 'after a change',
      replies: [fix.replace('two', '2'), blocked, blocked],
      kinds: ['changed', 'blocked', 'blocked'],
    },
  ])('blocked $title: asked once more, then an end with its reason', async ({ replies, kinds }) => {
    const { status, summary, kinds: found, stderr, page } = await loop(replies)
    expect({ status, reason: summary.reason, kinds: found }).toEqual({
      status: 1,
      reason: 'blocked',
      kinds: [null, ...kinds],
    })
    const end = 'cannot be done within the files that may change: The test wants three,␛[31m in b.txt.'
    expect(summary.message).toContain(end)
    expect(page.split('\n')[0]).toContain(end)
    expect(stderr).toContain('lr-loop: the model says: The test wants three,␛[31m in b.txt.\n')
    expect(stderr).toContain('advice: name the files that have to change as sources, or correct the check')
    expect(stderr + page).not.toContain('\x1b')
  })

  test('blocked once, then a way is found', async () => {
    const { status, kinds } = await loop([blocked, fix])
    expect({ status, kinds }).toEqual({ status: 0, kinds: [null, 'blocked', 'changed'] })
  })
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
