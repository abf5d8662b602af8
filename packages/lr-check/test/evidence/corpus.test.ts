import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hasProgram, run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { BUILT_IN_CHECKERS, shapeText } from '@loop-runner/checkers'

/** Ten programs with one fault each: endless recursions and loops, assertions of a million characters, floods. */
const CORPUS = fileURLToPath(new URL('../../fixtures/broken', import.meta.url))
const ENDLESS = 'test_find_first.py'
/** For all ten prompts, sources and instructions included. */
const MOST_TOKENS = 15_000
const TOKENIZERS = ['estimate', 'o200k'] as const

test.skipIf(!hasProgram('pytest'))(
  'pytest: the prompts of ten broken programs are small, and every failing assertion is in them',
  async () => {
    const tests = readdirSync(CORPUS).filter((name) => name.startsWith('test_'))
    expect(tests).toHaveLength(10)
    // The one that loops without end comes last and alone: in its time its first test is to have ended.
    const ending = tests.filter((name) => name !== ENDLESS)
    const sizes = [...(await Promise.all(ending.map(sizesOfPrompt))), await sizesOfPrompt(ENDLESS)]
    for (const [index, tokenizer] of TOKENIZERS.entries()) {
      const total = sizes.reduce((sum, counts) => sum + (counts[index] ?? Infinity), 0)
      console.log(`ten prompts: ${total} tokens (${tokenizer})`)
      expect(total).toBeLessThan(MOST_TOKENS)
    }
  },
)

/** The tokens of the prompt for one program, by each tokenizer, once it is clear that it says what is wrong. */
async function sizesOfPrompt(file: string): Promise<number[]> {
  const [shaped, raw] = await Promise.all([check(file), check(file, '--raw')])
  const prompts = await Promise.all(
    TOKENIZERS.map((tokenizer) => run('lr-prompt', ['--stats', '--tokenizer', tokenizer], { stdin: shaped })),
  )
  const lines = new Set(prompts[0]?.stdout.split('\n'))
  // What two values differ in is spelled by the assertion; pytest's own line may name its exception.
  const wanted = raw.split('\n').filter((line) => /^E {3,}\S/.test(line) && !/^E +(?:[-+?] \S|Use -v|\.{3})/.test(line))
  for (const line of wanted) {
    const shaped = shapeText(line, CORPUS, BUILT_IN_CHECKERS['pytest']).trimEnd()
    expect(lines).toContain(shaped.replace('AssertionError: assert ', 'assert '))
  }
  if (wanted.length === 0) expect(prompts[0]?.stdout).toContain('File "find_first.py", line ')
  return prompts.map(({ stderr }) => Number.parseInt(stderr, 10))
}

async function check(file: string, ...options: readonly string[]): Promise<string> {
  const args = ['--timeout', timeoutOf(file), '-c', 'pytest', ...options, file.replace('test_', ''), file]
  const { stdout, stderr } = await run('lr-check', args, { cwd: CORPUS })
  expect(stderr).toBe('')
  return stdout
}

/** One program loops without end: its limit is waited for. The others end by themselves. */
function timeoutOf(file: string): string {
  return file === ENDLESS ? '20s' : '5m'
}
