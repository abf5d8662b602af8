import { run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { nearestNames } from '@loop-runner/llm-client'
import { type Handler, send, serve } from '@loop-runner/test-kit/server'

function json(value: unknown): Handler {
  return send(200, JSON.stringify(value))
}

test.each([
  {
    who: 'Groq',
    api: 'openai-chat',
    path: '/v1/models',
    list: { data: [{ id: 'b/two', context_window: 131072 }, { id: 'one' }] },
    stdout: 'b/two\t131072\t-\none\t-\t-\n',
  },
  {
    who: 'OpenRouter',
    api: 'openai-chat',
    path: '/v1/models',
    list: { data: [{ id: 'a', context_length: 8192, pricing: { prompt: '0.00000015', completion: '0.0000006' } }] },
    stdout: 'a\t8192\t0.15,0.6\n',
  },
  {
    who: 'Together',
    api: 'openai-chat',
    path: '/v1/models',
    list: [{ id: 'a', context_length: 8192, pricing: { input: 0.2, output: 0.6 } }],
    stdout: 'a\t8192\t0.2,0.6\n',
  },
  {
    who: 'Anthropic',
    api: 'anthropic',
    path: '/v1/models?limit=1000',
    list: { data: [{ type: 'model', id: 'claude-x' }] },
    stdout: 'claude-x\t-\t-\n',
  },
])('models of $who, by name', async ({ api, path, list, stdout }) => {
  await using server = await serve(json(list))
  const ran = await run('lr-llm', ['models', '--url', server.url, '--api', api])
  expect(ran).toEqual({ status: 0, stdout, stderr: '' })
  expect(server.received.map((one) => `${one.method} ${one.path}`)).toEqual([`GET ${path}`])
})

test('models of Ollama have the context that each says it has', async () => {
  await using server = await serve((response, { path, body }, count) => {
    const shown = { model_info: { 'x.context_length': body.includes('big') ? 131072 : 4096 } }
    const list = { models: [{ name: 'small:1b' }, { name: 'big:70b' }] }
    return json(path === '/api/tags' ? list : shown)(response, { path, body, method: '', headers: {} }, count)
  })
  const ran = await run('lr-llm', ['models', '-m', 'ollama'], { env: { OLLAMA_HOST: server.url.slice(7) } })
  expect(ran).toEqual({ status: 0, stdout: 'ollama/big:70b\t131072\t-\nollama/small:1b\t4096\t-\n', stderr: '' })
})

test('words pick, --json is one object, none is 1', async () => {
  await using server = await serve(json({ data: [{ id: 'qwen-coder' }, { id: 'qwen' }] }))
  const models = (...args: string[]) => run('lr-llm', ['models', '--url', server.url, ...args])
  expect(await models('Coder', 'qwen')).toMatchObject({ status: 0, stdout: 'qwen-coder\t-\t-\n' })
  expect(await models('--json', 'coder')).toMatchObject({ status: 0, stdout: '{"models":[{"id":"qwen-coder"}]}\n' })
  const stderr = 'lr-llm: no model has llama and 3 in its name\n'
  expect(await models('llama', '3')).toEqual({ status: 1, stdout: '', stderr })
})

test.each([
  { handler: send(401, '{"error":"no"}'), status: 3 },
  { handler: send(500, ''), status: 4 },
  { handler: send(200, 'hello'), status: 4 },
])('a list that does not come: $status', async ({ handler, status }) => {
  await using server = await serve(handler)
  expect(await run('lr-llm', ['models', '--url', server.url])).toMatchObject({ status, stdout: '' })
})

test.each([
  { api: 'openai-chat', model: 'gpt-os-120b', hint: /did you mean gpt-oss-120b\?\)$/ },
  { api: 'ollama', model: 'gpt-os-120b', hint: /did you mean gpt-oss-120b\?, or: ollama pull gpt-os-120b\)$/ },
  { api: 'openai-chat', model: 'zzz', hint: /not found \(it has gpt-oss-120b, llama\)$/ },
])('a model that $api does not know gets the nearest names', async ({ api, model, hint }) => {
  await using server = await serve((response, { path, method, ...rest }, count) => {
    const list = [{ id: 'gpt-oss-120b', name: 'gpt-oss-120b' }, { id: 'llama' }]
    const handler = method === 'GET' ? json({ data: list }) : send(404, '{"error":"model not found"}')
    return handler(response, { path, method, ...rest }, count)
  })
  const ran = await run('lr-llm', ['-q', '--url', server.url, '--api', api, '-m', model, 'hi'])
  expect(ran).toMatchObject({ status: 3, stdout: '' })
  expect(ran.stderr.trimEnd()).toMatch(hint)
})

test('names that hold the wrong one come first, three at most', () => {
  const names = ['llama-3', 'llama-3-70b', 'llama-3-8b', 'llama-4', 'mistral']
  expect(nearestNames('llama-3-', names)).toEqual(['llama-3-70b', 'llama-3-8b', 'llama-3'])
  expect(nearestNames('lama-4', names)).toEqual(['llama-4', 'llama-3'])
  expect(nearestNames('xyz', names)).toEqual([])
})
