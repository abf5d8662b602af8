import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { send, serve } from '@loop-runner/test-kit/server'

const LLM = `printf '<<<< src/a.txt <<<<\\ngood\\n>>>>>>>>\\n'; echo '{"input": 900, "output": 100, "cost": 0.02}' | lr-blocks wrap usage`
const CHECK = ['src', '--', 'grep', '-q', 'good', 'src/a.txt']

function project() {
  const price = { input_cost_per_token: 1e-6, output_cost_per_token: 1e-5 }
  const prices = { 'openai/some': price, 'openai/small': { ...price, max_input_tokens: 4000 } }
  const folder = tempFolder({ 'tree/src/a.txt': 'zero\n', 'prices.json': JSON.stringify(prices) })
  const cwd = join(folder.path, 'tree')
  const env = { XDG_STATE_HOME: join(folder.path, 'state'), LR_LLM_PRICES: join(folder.path, 'prices.json') }
  return {
    cwd,
    loop: (...args: string[]) => run('lr-loop', ['--no-git', ...args, ...CHECK], { cwd, env }),
    withGit: (...args: string[]) => run('lr-loop', [...args, ...CHECK], { cwd, env }),
    start: (...args: string[]) => run('lr-loop', ['--no-git', ...args], { cwd, env: { ...env, OPENAI_API_KEY: 'k' } }),
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

test('a prompt follows the window that the list of prices names', async () => {
  using tree = project()
  await using server = await serve(send(400, '{"error":{"message":"no"}}'))
  const check = ['src', '--', 'sh', '-c', 'seq 1 500 | sed "s/.*/error &: no such name &/"; exit 1']
  const bytesFor = async (model: string) => {
    const dry = await tree.start('--dry-run', '--json', '-m', model, ...check)
    const ran = await tree.start('--run-dir', model, '--llm-url', server.url, '-m', model, ...check)
    expect(ran.status).toBe(3)
    const { promptTokens } = JSON.parse(dry.stdout) as { promptTokens: number }
    return [promptTokens, statSync(join(tree.cwd, model, '1/prompt.out')).size]
  }
  const [small, large] = [await bytesFor('openai/small'), await bytesFor('openai/some')]
  for (const [at, size] of small.entries()) expect(size).toBeLessThan((large[at] ?? 0) * 0.8)
})

test.skipIf(!hasProgram('git'))(
  'earlier runs with the same model count, and --attempts multiply the limit (git)',
  async () => {
    using tree = project()
    await tree.loop('--llm', LLM)
    await tree.loop('--llm', `${LLM} `)
    // Attempts need a repository.
    await run('git', ['init', '-q'], { cwd: tree.cwd })
    const options = ['--dry-run', '--json', '--min-iterations=1', '-i2', '--attempts=3', '--llm', LLM]
    const { stdout } = await tree.withGit(...options)
    expect(JSON.parse(stdout)).toMatchObject({
      runs: 1,
      passed: 1,
      tokensPerReply: 1000,
      usual: { replies: 1, cost: 0.02 },
      most: { replies: 6, cost: 0.12 },
    })
  },
)

test('a check that passes, and options that do not go together', async () => {
  using tree = project()
  await tree.loop('--llm', LLM)
  expect((await tree.loop('--dry-run', '--llm', LLM)).stdout).toBe('no request would be sent: passed\n')
  expect(await tree.loop('--dry-run', '--resume')).toMatchObject({ status: 2 })
})
