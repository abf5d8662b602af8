import { isBlock, parseStream, type Part } from '@loop-runner/block-format'
import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { estimateTokens } from '../../src/tokens/estimate-tokens.ts'
import { FAILING, prompt, runParts, SOURCE } from '../support/sample-stream.ts'

/** Lines that are all different, so that nothing is the same by chance. */
function lines(count: number, word: string): string {
  return Array.from({ length: count }, (_, index) => `${word} number ${index}\n`).join('')
}

function contentsOf(stream: string, name: string): string[] {
  return parseStream(stream)
    .filter(isBlock)
    .filter((block) => block.name === name)
    .map(({ content }) => content)
}

const PASSING = runParts('lint', 0, { stdout: lines(200, 'passing') })
const FAILS = runParts('pytest', 1, { stdout: lines(300, 'output'), findings: lines(100, 'finding') })
const HISTORY = ['old', 'new']
  .map((word) =>
    ['Reply', '<<<< rejected <<<<', ...Array<string>(4).fill(`${word} reason `.repeat(10)), '>>>>>>>>\n'].join('\n'),
  )
  .join('')
const INPUT: Part[] = [SOURCE, { name: 'big.py', content: lines(100, 'source') }, ...PASSING, ...FAILS]

describe('--budget', () => {
  const files = { 'docs.md': lines(200, 'docs'), 'history.txt': HISTORY }

  async function shrunkAt(budget: number) {
    using folder = tempFolder(files)
    const args = ['--context', 'docs.md', '--history', 'history.txt', '--budget', String(budget)]
    const { status, stdout, stderr } = await prompt(args, INPUT, { cwd: folder.path })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(estimateTokens(stdout)).toBeLessThanOrEqual(budget)
    expect(contentsOf(stdout, 'big.py')).toEqual([lines(100, 'source')])
    const [passing, failing] = contentsOf(stdout, 'stdout')
    const [history = ''] = contentsOf(stdout, 'history')
    const reasons = (word: string) => history.match(new RegExp(`^  refused: ${word} `, 'gm'))?.length ?? 0
    const isShort = (content: string | undefined) => content?.includes('[lr-prompt: ') === true
    const shortened = {
      passing: isShort(passing),
      findings: isShort(contentsOf(stdout, 'findings')[0]),
      old: reasons('old') < 4,
      failing: isShort(failing),
      docs: isShort(contentsOf(stdout, 'docs.md')[0]),
      recent: reasons('new') < 4,
    }
    return Object.entries(shortened).flatMap(([name, is]) => (is ? [name] : []))
  }

  test('shortens in the documented order', async () => {
    const order = ['passing', 'findings', 'old', 'failing', 'docs', 'recent']
    const depths = new Set<number>()
    for (let budget = 9000; budget >= 1300; budget -= 100) {
      const shortened = await shrunkAt(budget)
      expect(shortened).toEqual(order.slice(0, shortened.length))
      depths.add(shortened.length)
    }
    expect([...depths]).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test('where the sources alone are too large, it is 3 and a table of the largest', async () => {
    const { status, stdout, stderr } = await prompt(['--budget', '500'], INPUT.slice(1))
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/^lr-prompt: +\d+ tokens {2}big\.py$/m)
    expect(stderr).toMatch(/lr-prompt: the prompt does not fit: it has \d+ tokens, --budget is 500 \(.*\)\n$/)
  })

  test('fits by the vocabulary that --tokenizer names', async () => {
    const args = ['--budget', '1500', '--stats', '--tokenizer']
    const [exact, estimated] = await Promise.all(
      ['o200k', 'estimate'].map((tokenizer) => prompt([...args, tokenizer], INPUT)),
    )
    expect(exact?.stderr).toMatch(/^1[0-4]\d\d tokens {2}\(o200k, in all\)$/m)
    expect(exact?.stdout.length).toBeGreaterThan(estimated?.stdout.length ?? Infinity)
  })

  test('-q leaves the one line', async () => {
    const { stderr } = await prompt(['-q', '--budget', '10'], FAILING)
    expect(stderr).toMatch(/^lr-prompt: the prompt does not fit: .*\n$/)
  })

  test('a failing assertion survives in a million characters', async () => {
    const stdout = `${'x'.repeat(500_000)}\n${lines(20_000, 'noise')}E   AssertionError: 1 != 2\n${lines(20_000, 'more')}`
    const { stdout: text } = await prompt(['--budget', '3000'], [SOURCE, ...runParts('pytest', 1, { stdout })])
    expect(text).toContain('E   AssertionError: 1 != 2\n')
  })
})

test.each([
  { window: '8k', most: 4000 },
  { window: '32k', most: 16_000 },
  { window: '1000000', most: 24_000 },
])(
  'without --budget a prompt takes half of a window of $window tokens, and at most 24,000',
  async ({ window, most }) => {
    const stdout = Array.from({ length: 4000 }, (_, index) => `error ${index * 7919}: no such name ${index}\n`).join('')
    const input = [SOURCE, ...runParts('pytest', 1, { stdout })]
    const { status, stdout: text } = await prompt(['--window', window], input)
    expect(status).toBe(0)
    expect(estimateTokens(text)).toBeLessThanOrEqual(most)
    expect(estimateTokens(text)).toBeGreaterThan(most * 0.8)
  },
)

test('--stats counts every block on standard error', async () => {
  const { stdout, stderr } = await prompt(['--stats'], FAILING)
  const rows = stderr.trimEnd().split('\n')
  const counts = rows.map((row) => Number.parseInt(row, 10))
  expect(rows[0]).toBe(`${estimateTokens(stdout)} tokens  (estimated, in all)`)
  expect(rows).toContainEqual(expect.stringMatching(/^ *\d+ tokens {2}src\/a\.py$/))
  // The example of a reply is no file.
  expect(rows).toContainEqual(expect.stringMatching(/^ *\d+ tokens {2}\(how to reply\)$/))
  expect(stderr).not.toContain('src/sum.py')
  expect(counts.slice(1).reduce((sum, count) => sum + count, 0)).toBe(counts[0])
})
