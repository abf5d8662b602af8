import { parseStream } from '@loop-runner/block-format'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { scoreText } from './support/score-text.ts'

describe('weights, options, thresholds', () => {
  const BASE = ['--min-words', '5', '--require', 'a']

  test.each([
    { args: [], lines: ['0.65', '1 word, at least 5 wanted'], status: 1 },
    { args: ['--weight', 'length=3'], lines: ['0.475', '1 word, at least 5 wanted'], status: 1 },
    { args: ['--weight', 'regex=9', '--threshold', '0.9'], lines: ['0.93', '1 word, at least 5 wanted'], status: 1 },
    {
      args: ['--weight', 'regex=9', '--optional', 'length'],
      lines: ['0.93', '1 word, at least 5 wanted (optional)'],
      status: 0,
    },
    {
      args: ['--optional', 'length'],
      lines: ['0.65', '1 word, at least 5 wanted (optional)', 'the score 0.65 is below the threshold 0.8'],
      status: 1,
    },
    {
      args: ['--optional', 'length', '--threshold', '0.65'],
      lines: ['0.65', '1 word, at least 5 wanted (optional)'],
      status: 0,
    },
  ])('$args', async ({ args, lines, status }) => {
    expect(await scoreText([...BASE, ...args], 'a')).toEqual({ lines, status })
  })
})

describe('what is scored', () => {
  test('every file, or every file of a stream, each by itself; the score is the mean, and one bad one is no pass', async () => {
    using folder = tempFolder({ 'a.md': 'yes', 'b.md': 'no' })
    const args = ['--require', 'yes', '--threshold', '0.5']
    expect(await run('lr-score', [...args, 'a.md', 'b.md'], { cwd: folder.path })).toEqual({
      status: 1,
      stdout: 'score: 0.5 b.md: nothing matches /yes/\n',
      stderr: '',
    })
    const stdin = 'yes\n<<<< a.md <<<<\nyes\n>>>>>>>>\n<<<< ./b <<<<\nno\n>>>>>>>>\n<<<< stdout <<<<\nyes\n>>>>>>>>\n'
    expect(await scoreText(args, stdin)).toEqual({ status: 1, lines: ['0.5', 'b: nothing matches /yes/'] })
    const dash = await run('lr-score', [...args, '--format', 'block', 'a.md', '-'], { cwd: folder.path, stdin: 'yes' })
    expect(dash).toMatchObject({ status: 0, stdout: '<<<< score <<<<\n1\n>>>>>>>>\n' })
    expect(await scoreText([...args, '-'], 'yes')).toEqual({ status: 0, lines: ['1'] })
  })

  test('the text outside of blocks where a stream holds no file', async () => {
    const stdin = 'ye\n<<<< usage <<<<\n{}\n>>>>>>>>\ns\n'
    expect(await scoreText(['--require', '^ye\\ns$'], stdin)).toEqual({ status: 0, lines: ['1'] })
  })

  test('no name and no text ends a line', async () => {
    using folder = tempFolder({ 'a\nscore: 1\x1b.md': '' })
    const { stdout } = await run('lr-score', ['--require', 'yes', 'a\nscore: 1\x1b.md'], { cwd: folder.path })
    expect(stdout).toBe('score: 0 a score: 1?.md: nothing matches /yes/\n')
  })
})

describe('lr-check', () => {
  test('takes score and deficiencies from the lines', async () => {
    using folder = tempFolder({ 'report.md': 'No words.\n' })
    const command = ['lr-score', '--min-words', '200', '--mention', 'deadline', 'report.md']
    const { status, stdout } = await run('lr-check', ['report.md', '--', ...command], { cwd: folder.path })
    expect(status).toBe(1)
    expect(parseStream(stdout)).toContainEqual({
      name: 'score',
      content: '0.15\nreport.md: 2 words, at least 200 wanted\nreport.md: "deadline" is not mentioned\n',
    })
  })
})

test.each([
  { args: [], message: 'no requirements given' },
  { args: ['--min-words', '3', '--max-words', '2'], message: '--min-words 3: more than --max-words 2' },
  { args: ['--require', '('], message: '--require (: Invalid regular expression' },
  { args: ['--mention', '!'], message: '--mention "!": contains no word' },
  { args: ['--command', ''], message: '--command "": a command is expected' },
  { args: ['--command', 'true', '--command', ' '], message: '--command "": a command is expected' },
  { args: ['--field', 'a:text'], message: '--field a:text: invalid type "text" (choose from any, string' },
  { args: ['--field', ':string'], message: '--field ":string": a field needs a name' },
  { args: ['--schema', 'absent.json'], message: 'absent.json: no such file or directory' },
  { args: ['--schema', 'list.json'], message: 'list.json: not a JSON Schema: expected an object' },
  {
    args: ['--min-words', '1', '--weight', 'length=0'],
    message: '--weight length=0: expected an evaluator and a number above 0',
  },
  { args: ['--min-words', '1', '--weight', 'json=2'], message: '--weight json=2: no option uses json' },
  {
    args: ['--min-words', '1', '--optional', 'size'],
    message: '--optional size: unknown evaluator "size" (choose from length, regex',
  },
  { args: ['--min-words', '1', 'absent.md'], message: 'absent.md: no such file or directory' },
  { args: ['--min-words', '1', 'latin.md'], message: 'latin.md: byte 0 is not UTF-8' },
  { args: ['--min-words', '1'], stdin: '<<<< a.md <<<<\n', message: 'line 1: block "a.md" is never closed' },
  { args: ['--min-words', '1'], stdin: '<<<< stdout <<<<\n>>>>>>>>\n', message: 'neither a file nor text' },
])('$args: invalid usage ($message)', async ({ args, stdin = '', message }) => {
  using folder = tempFolder({ 'list.json': '[]', 'latin.md': Buffer.from([0xe9]) })
  const { status, stdout, stderr } = await run('lr-score', args, { cwd: folder.path, stdin })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(`lr-score: `)
  expect(stderr).toContain(message)
  expect(stderr.trimEnd()).not.toContain('\n')
})

test('requirements are set on the command line only', async () => {
  using folder = tempFolder({ 'lr.yaml': 'threshold: 0\nscore:\n  timeout: 5\n' })
  expect(await run('lr-score', ['--require', 'x'], { cwd: folder.path })).toMatchObject({ status: 1 })
  const env = { LR_SCORE_OPTIONAL: 'regex' }
  expect(await run('lr-score', ['--require', 'x'], { cwd: folder.path, env })).toMatchObject({ status: 2, stdout: '' })
  using refused = tempFolder({ 'lr.yaml': 'score: { optional: [regex] }\n' })
  expect(await run('lr-score', ['--require', 'x'], { cwd: refused.path })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('score.optional: is for the command line only'),
  })
})

test.each([
  { combine: 'mean', score: 0.65, passed: false },
  { combine: 'min', score: 0.3, passed: false },
  { combine: 'product', score: 0.3, passed: false },
])('--combine $combine, as JSON with the score of each evaluator', async ({ combine, score, passed }) => {
  const args = ['--format=json', `--combine=${combine}`, '--min-words=9', '--mention=cost']
  const { stdout } = await run('lr-score', args, { stdin: 'the cost is low\n' })
  const scores = { length: 0.3, mentions: 1 }
  expect(JSON.parse(stdout)).toEqual({ score, passed, missing: ['4 words, at least 9 wanted'], scores })
})

test.each([
  ['one two three four', 1, 0],
  ['one two three five', 0.6, 1],
  ['Nothing in common.', 0, 1],
])('--like: %j has a likeness of %f', async (stdin, score, status) => {
  using folder = tempFolder({ 'old.txt': 'One two, three four!\n' })
  const ran = await run('lr-score', ['--like=old.txt', '--format=json'], { cwd: folder.path, stdin })
  expect({ status: ran.status, score: (JSON.parse(ran.stdout) as { score: number }).score }).toEqual({ status, score })
})
