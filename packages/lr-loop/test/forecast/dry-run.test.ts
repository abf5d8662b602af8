import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

const LLM = `printf '<<<< src/a.txt <<<<\\ngood\\n>>>>>>>>\\n'; echo '{"input": 900, "output": 100, "cost": 0.02}' | lr-blocks wrap usage`
const CHECK = ['src', '--', 'grep', '-q', 'good', 'src/a.txt']

function project() {
  const prices = { 'openai/some': { input_cost_per_token: 1e-6, output_cost_per_token: 1e-5 } }
  const folder = tempFolder({ 'tree/src/a.txt': 'zero\n', 'prices.json': JSON.stringify(prices) })
  const cwd = join(folder.path, 'tree')
  const env = { XDG_STATE_HOME: join(folder.path, 'state'), LR_LLM_PRICES: join(folder.path, 'prices.json') }
  return {
    loop: (...args: string[]) => run('lr-loop', ['--no-git', ...args, ...CHECK], { cwd, env }),
    hasRuns: () => existsSync(join(folder.path, 'state/loop-runner/runs')),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

test('--dry-run prints tokens, price and limits, and makes nothing; a key is not needed', async () => {
  using tree = project()
  const { status, stdout } = await tree.loop('--dry-run', '-m', 'openai/some', '-i', '10', '--max-cost', '1')
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(
      /^prompt: about \d+ tokens\nprice of openai\/some: 1 USD in, 10 USD out, .*\nno earlier run .*\none reply: .* USD\nlimit: 10 replies, .* USD\n--max-cost 1: enough for about [\d,]+ replies\n$/,
    ) as string,
  })
  expect(tree.hasRuns()).toBe(false)
})

test('earlier runs with the same model are counted, and --attempts multiply the limit', async () => {
  using tree = project()
  await tree.loop('--llm', LLM)
  await tree.loop('--llm', `${LLM} `)
  const { stdout } = await tree.loop('--dry-run', '--json', '--min-iterations=1', '-i2', '--attempts=3', '--llm', LLM)
  expect(JSON.parse(stdout)).toMatchObject({
    runs: 1,
    passed: 1,
    tokensPerReply: 1000,
    usual: { replies: 1, cost: 0.02 },
    most: { replies: 6, cost: 0.12 },
  })
})

test('a check that passes, and options that do not go together', async () => {
  using tree = project()
  await tree.loop('--llm', LLM)
  expect((await tree.loop('--dry-run', '--llm', LLM)).stdout).toBe('no request would be sent: passed\n')
  expect(await tree.loop('--dry-run', '--resume')).toMatchObject({ status: 2 })
})
