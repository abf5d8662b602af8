import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { hasProgram, run } from '@loop-runner/cli-kit/testing'
import { expect, test } from 'vitest'
import { pythonCheckers } from '../checkers/python.ts'
import { shapeText } from './shape.ts'

/** Ten programs with one fault each: endless recursions and loops, assertions of a million characters, floods. */
const CORPUS = fileURLToPath(new URL('../../fixtures/broken', import.meta.url))
/** No more characters than this go into a token of code or of test output, as a rule; three is on the safe side. */
const CHARACTERS_A_TOKEN = 3
const MOST_TOKENS = 15_000

test.skipIf(!hasProgram('pytest'))(
  'pytest: the evidence of ten broken programs is small, and every failing assertion is in it',
  async () => {
    const tests = readdirSync(CORPUS).filter((name) => name.startsWith('test_'))
    expect(tests).toHaveLength(10)
    const sizes = await Promise.all(tests.map(sizeOfEvidence))
    expect(sizes.reduce((sum, size) => sum + size, 0) / CHARACTERS_A_TOKEN).toBeLessThan(MOST_TOKENS)
  },
)

async function sizeOfEvidence(file: string): Promise<number> {
  const [shaped, raw] = await Promise.all([evidenceOf(file), evidenceOf(file, '--raw')])
  const lines = new Set(shaped.split('\n'))
  const wanted = raw.split('\n').filter((line) => line.startsWith('E  '))
  for (const line of wanted) expect(lines).toContain(shapeText(line, CORPUS, pythonCheckers.pytest).trimEnd())
  if (wanted.length === 0) expect(shaped).toContain('File "find_first.py", line ')
  return shaped.length
}

async function evidenceOf(file: string, ...options: readonly string[]): Promise<string> {
  const args = ['--timeout', '8s', ...options, '--', 'pytest', '-q', '-p', 'no:cacheprovider', file]
  const { stdout, stderr } = await run('lr-check', args, { cwd: CORPUS })
  expect(stderr).toBe('')
  const printed = parseStream(stdout).filter((part) => isBlock(part) && ['stdout', 'stderr'].includes(part.name))
  return printed.map((part) => (isBlock(part) ? part.content : '')).join('')
}
