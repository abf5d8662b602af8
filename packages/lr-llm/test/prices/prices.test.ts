import { run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'
import { expect, test } from 'vitest'

const LITELLM = JSON.stringify({
  sample_spec: { input_cost_per_token: 'text' },
  'groq/m': { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6, cache_read_input_token_cost: 5e-7 },
})
const OPENROUTER = JSON.stringify({ data: [{ id: 'a/m', pricing: { prompt: '0.000001', completion: '0.000002' } }] })
const USAGE =
  '{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500,"prompt_tokens_details":{"cached_tokens":400}}}'

test.each([
  { title: "LiteLLM's", list: LITELLM, model: 'groq/m', cost: 0.0018 },
  { title: "OpenRouter's", list: OPENROUTER, model: 'openrouter/a/m', cost: 0.002 },
])('--prices reads $title list, and a cached share costs less', async ({ list, model, cost }) => {
  using folder = tempFolder({ 'p.json': list })
  await using server = await serve(send(200, `${chatStream(['ok'], 'stop', USAGE)}data: [DONE]\n\n`))
  const args = ['--url', server.url, '-m', model, '--prices', 'p.json', '--json', 'hi']
  const { stdout } = await run('lr-llm', args, { cwd: folder.path })
  expect(JSON.parse(stdout)).toMatchObject({ usage: { cost, cached: 400 } })
})

test('prices update keeps a list, which is then used', async () => {
  using folder = tempFolder({ 'p.json': LITELLM, bad: '{}' })
  const env = { XDG_CONFIG_HOME: folder.path }
  const options = { cwd: folder.path, env }
  expect(await run('lr-llm', ['prices', 'update', 'bad'], options)).toMatchObject({ status: 2 })
  expect(await run('lr-llm', ['prices', 'update', 'p.json'], options)).toMatchObject({ status: 0 })
  expect(await run('lr-llm', ['prices', 'show', 'groq/m'], options)).toMatchObject({ stdout: 'groq/m\t1,2\n' })
  expect(await run('lr-llm', ['prices', 'show', 'groq/x'], options)).toMatchObject({ status: 1, stdout: '' })
  const dry = await run('lr-llm', ['-m', 'groq/m', '--dry-run', '--max-tokens', '500000', 'hi'], options)
  expect(dry.stderr).toContain('at most 500000 tokens out; at most about 1 USD')
})

test.each([[], ['--fallback', 'openai/y', '--price', 'groq/x=1,1']])(
  'an unknown price with --max-cost is refused before the first request (%j)',
  async (...args) => {
    await using server = await serve(send(200, chatStream(['ok'])))
    const ran = await run('lr-llm', ['-q', '--url', server.url, '-m', 'groq/x', '--max-cost', '1', ...args, 'hi'])
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('--prices FILE') })
    expect(server.received).toEqual([])
  },
)

test.each([
  { api: 'openai-chat', field: 'max_completion_tokens' },
  { api: 'openai-responses', field: 'max_output_tokens' },
  { api: 'anthropic', field: 'max_tokens' },
  { api: 'ollama', field: 'options.num_predict' },
])('--max-cost limits the answer on $api', async ({ api, field }) => {
  await using server = await serve(send(400, '{"error":"no"}'))
  const args = ['-q', '--url', server.url, '-m', 'groq/x', '--api', api, '--price', '1,10', '--max-cost', '0.01', 'hi']
  await run('lr-llm', args)
  const body = JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>
  const limit = field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], body)
  expect(limit).toBeGreaterThan(900)
  expect(limit).toBeLessThanOrEqual(1000)
})

test('long instructions and earlier turns are cached by Anthropic', async () => {
  using folder = tempFolder({ long: 'word '.repeat(2000) })
  await using server = await serve(send(400, '{"error":"no"}'))
  const history = `<<<< user <<<<\n${'word '.repeat(2000)}\n>>>>>>>>\n<<<< assistant <<<<\nyes\n>>>>>>>>\n`
  using other = tempFolder({ h: history })
  const args = [
    '-q',
    '--url',
    server.url,
    '--api',
    'anthropic',
    '-s',
    'word '.repeat(2000),
    '--history',
    `${other.path}/h`,
    'hi',
  ]
  await run('lr-llm', args, { cwd: folder.path })
  const body = JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>
  expect(body).toMatchObject({
    system: [{ cache_control: { type: 'ephemeral' } }],
    messages: [{}, { content: [{ cache_control: { type: 'ephemeral' } }] }, { content: [{ text: 'hi' }] }],
  })
  await run('lr-llm', ['-q', '--url', server.url, '--api', 'anthropic', '-s', 'short', 'hi'])
  expect(server.received[1]?.body).not.toContain('cache_control')
})
