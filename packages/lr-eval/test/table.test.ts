import { expect, test } from 'vitest'
import { run } from '@loop-runner/test-kit'
import { wilsonInterval } from '../src/table/wilson-interval.ts'
import type { TrialResult } from '../src/trial-result.ts'

const RESULT: TrialResult = {
  case: 'a',
  options: { model: 'm' },
  label: null,
  trial: 1,
  verdict: 'fixed',
  fixed: true,
  exitCode: 0,
  reason: 'passed',
  message: null,
  calls: 2,
  tokens: 100,
  cost: 0.5,
  seconds: 3,
  promptBytes: 2000,
  replyBytes: 300,
  rejected: 1,
  tampered: 0,
  scores: [0, 1],
}
const FAILED = { ...RESULT, verdict: 'failed', fixed: false, calls: 4 } as const
const lines = (...results: readonly object[]) => results.map((result) => `${JSON.stringify(result)}\n`).join('')
const table = (stdin: string, ...args: string[]) => run('lr-eval', ['table', ...args], { stdin })

// Reference values: the formula in Brown, Cai and DasGupta, Statistical Science 16 (2001), computed with R's binom.confint.
test.each([
  [0, 10, 0, 0.2775],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [1, 1, 0.2065, 1],
  [0, 0, 0, 1],
])('the interval of %i of %i is %f to %f', (successes, trials, low, high) => {
  const [from, to] = wilsonInterval(successes, trials)
  expect(from).toBeCloseTo(low, 3)
  expect(to).toBeCloseTo(high, 3)
})

test('text, Markdown and CSV show the same figures', async () => {
  const stdin = lines(RESULT, { ...FAILED, case: 'b' })
  const columns = ['--columns', 'trials,fixed,share,calls,cost']
  expect(await table(stdin, ...columns)).toMatchObject({
    status: 1,
    stdout: 'model  trials  fixed  share  calls    cost\nm           2      1   50 %    3.0  0.5000\n',
  })
  expect((await table(stdin, '--format', 'markdown', ...columns)).stdout).toBe(
    '| model | trials | fixed | share | calls | cost |\n| --- | ---: | ---: | ---: | ---: | ---: |\n| m | 2 | 1 | 50 % | 3.0 | 0.5000 |\n',
  )
  expect((await table(stdin, '--format', 'csv', ...columns)).stdout).toBe(
    'model,trials,fixed,share,calls,cost\nm,2,1,50 %,3.0,0.5000\n',
  )
})

test.each([
  { format: 'text', row: 'new line␛[31m       1' },
  { format: 'markdown', row: '| new line␛\\[31m | 1 |' },
  { format: 'csv', row: '"new\nline\u001b[31m",1' },
])('a name with a newline and terminal codes is one row of $format', async ({ format, row }) => {
  const stdin = lines({ ...RESULT, case: 'new\nline\u001b[31m' })
  const { stdout } = await table(stdin, '--by', 'case', '--columns', 'trials', '--format', format)
  expect(stdout.endsWith(`\n${row}\n`), stdout).toBe(true)
})

test('a share that is not all or none, and a small cost, are not rounded to it', async () => {
  const cases = (count: number, result: TrialResult) =>
    Array.from({ length: count }, (_, index) => ({ ...result, case: String(index), cost: 0.000012 }))
  const most = [...cases(1999, RESULT), { ...FAILED, cost: 0.000012 }]
  const few = [...cases(399, FAILED), { ...RESULT, cost: 0.000012 }].map((result) => ({ ...result, label: 'few' }))
  const { stdout, status } = await table(lines(...most, ...few), '--by', 'label', '--columns', 'share,cost')
  expect({ stdout, status }).toEqual({
    stdout: 'label   share      cost\n-      99.9 %  0.000012\nfew     0.3 %  0.000012\n',
    status: 1,
  })
})

test('rows are grouped by cases and options and sorted by number', async () => {
  const stdin = lines(
    { ...RESULT, options: { iterations: '10' } },
    { ...RESULT, options: { iterations: '9' } },
    { ...RESULT, options: {}, case: 'b' },
  )
  const { stdout } = await table(stdin, '--by', 'case,iterations', '--columns', 'trials')
  expect(stdout).toBe(
    'case  iterations  trials\na     9                1\na     10               1\nb     -                1\n',
  )
})

test('an error is counted, belongs to no share, and an unknown cost makes no mean', async () => {
  const stdin = lines(
    RESULT,
    { ...FAILED, case: 'b', verdict: 'error', cost: null },
    { ...RESULT, case: 'c', cost: null },
  )
  const { stdout, status } = await table(stdin, '--columns', 'trials,share,errors,cost')
  expect({ stdout, status }).toEqual({
    stdout: 'model  trials  share  errors  cost\nm           2  100 %       1     -\n',
    status: 1,
  })
})

test('the last result of a trial counts, and lines that are not results are reported', async () => {
  const { stdout, stderr, status } = await table(
    `${lines(FAILED)}{"case":"a","opt\n${lines(RESULT)}`,
    '--columns',
    'fixed',
  )
  expect({ stdout, status }).toEqual({ stdout: 'model  fixed\nm          1\n', status: 0 })
  expect(stderr).toBe('lr-eval: 1 line ignored: not a result (the first is line 2)\n')
})

test('names are text in Markdown, CSV and HTML', async () => {
  const stdin = lines({ ...RESULT, label: '<b>"|,\n' })
  const format = async (form: string) =>
    (await table(stdin, '--by', 'label', '--columns', 'fixed', '--format', form)).stdout
  expect(await format('markdown')).toContain('| \\<b\\>"\\|, | 1 |')
  expect(await format('csv')).toContain('"<b>""|,\n",1\n')
  const page = await format('html')
  expect(page).not.toContain('<b>')
  expect(page).toContain('&lt;b&gt;&quot;|,')
  expect(page).not.toMatch(/(?:src|href)=|https?:/)
})

test.each([
  { what: 'no results', stdin: '\n', args: [], message: 'no results (give lines of lr-eval run)' },
  {
    what: 'an unknown column',
    stdin: lines(RESULT),
    args: ['--columns', 'x'],
    message: '--columns: no column "x" (choose from',
  },
  { what: 'a missing file', stdin: '', args: ['none.jsonl'], message: 'none.jsonl: no such file or directory' },
])('$what is invalid usage', async ({ stdin, args, message }) => {
  const { status, stderr } = await table(stdin, ...args)
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`lr-eval: ${message}`) as string })
})

test('a name that no result has is no group', async () => {
  const { status, stdout, stderr } = await table(lines(RESULT), '--by', 'case,modle')
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: 'lr-eval: --by: no result has "modle" (choose from case, label, trial, model)\n',
  })
})
