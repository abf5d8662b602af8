import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'
import { expect, test } from 'vitest'
import { statusText } from '../../src/ask/status-line.ts'

const OK = send(200, chatStream(['ok']))

test('the provider whose key is set is the default', async () => {
  await using server = await serve(send(200, '{"content":[{"type":"text","text":"ok"}],"stop_reason":"end_turn"}'))
  const env = { ANTHROPIC_API_KEY: 'sk-ant-0123456789', ANTHROPIC_BASE_URL: server.url }
  const ran = await run('lr-llm', ['-v', 'hi'], { env })
  expect(ran).toMatchObject({ status: 0, stdout: 'ok\n', stderr: expect.stringContaining('ANTHROPIC_API_KEY is set') })
  expect(server.received[0]).toMatchObject({ path: '/v1/messages', headers: { 'x-api-key': 'sk-ant-0123456789' } })
  expect(await run('lr-llm', ['hi'], { env })).toEqual({ status: 0, stdout: 'ok\n', stderr: '' })
})

test.skipIf(!hasProgram('script')).each([
  { args: '', shown: expect.stringContaining('no model is named: using openai (OPENAI_API_KEY is set)') as string },
  { args: '-q', shown: expect.not.stringContaining('no model is named') as string },
  { args: '-m openai/m', shown: expect.not.stringContaining('no model is named') as string },
])('a terminal shows which provider was chosen: lr-llm $args (script)', async ({ args, shown }) => {
  await using server = await serve(OK)
  const env = { OPENAI_API_KEY: 'sk-0123456789', OPENAI_BASE_URL: `${server.url}/v1` }
  const ran = await bash(`script -qec 'lr-llm ${args} hi < /dev/null' /dev/null`, { env })
  expect(ran).toMatchObject({ status: 0, stdout: shown })
})

test.each([
  { model: 'gpt-5', says: /did you mean openai\/gpt-5\?/ },
  { model: 'gpt-4o', says: /did you mean openai\/gpt-4o\?/ },
  { model: 'o3-mini', says: /did you mean openai\/o3-mini\?/ },
  { model: 'claude-sonnet-4-5', says: /did you mean anthropic\/claude-sonnet-4-5\?/ },
  { model: 'gemini-2.5-pro', says: /did you mean gemini\/gemini-2.5-pro\?/ },
  { model: 'codellama', says: /did you mean ollama\/codellama\?/ },
  { model: 'grok/x', says: /did you mean groq\?/ },
  { model: 'xyz', says: /PROVIDER\/MODEL with one of groq/ },
])('-m $model is refused with the nearest name, before standard input is read', async ({ model, says }) => {
  const ran = await run('bash', ['-c', `sleep 5 | lr-llm -q -m ${model} hi`])
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(says) })
})

test('a model without its provider is taken from the default provider if that has it', async () => {
  await using server = await serve((response, received, count) =>
    received.path.endsWith('/models')
      ? send(200, '{"data":[{"id":"codellama"}]}')(response, received, count)
      : OK(response, received, count),
  )
  const env = { OPENAI_API_KEY: 'sk-0123456789', OPENAI_BASE_URL: `${server.url}/v1` }
  const ran = await run('lr-llm', ['-m', 'codellama', 'hi'], { env })
  expect(ran).toMatchObject({ status: 0, stdout: 'ok\n', stderr: expect.stringContaining('openai/codellama') })
})

test('a key goes where OPENAI_BASE_URL points only if it is in a variable, too', async () => {
  using folder = tempFolder()
  await using server = await serve(OK)
  const env = { XDG_CONFIG_HOME: folder.path, OPENAI_BASE_URL: server.url }
  await run('lr-llm', ['keys', 'set', 'openai'], { stdin: 'sk-stored-0123456789', env })
  expect(await run('lr-llm', ['-m', 'openai/m', 'hi'], { env })).toMatchObject({ status: 0 })
  await run('lr-llm', ['-m', 'openai/m', 'hi'], { env: { ...env, OPENAI_API_KEY: 'sk-set-0123456789' } })
  expect(server.received.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer sk-set-0123456789'])
})

test('servers of the user’s own have names, which a url does not shadow', async () => {
  await using lab = await serve(OK)
  await using other = await serve(send(200, chatStream(['other'])))
  const config = `url: ${other.url}\nproviders:\n  lab: {url: '${lab.url}', key-env: LAB_KEY, model: qwen3}\n`
  using folder = tempFolder({ 'loop-runner/config.yaml': config })
  const env = { XDG_CONFIG_HOME: folder.path, LAB_KEY: 'lab-0123456789' }
  const ask = async (...args: string[]) => (await run('lr-llm', [...args, 'hi'], { env })).stdout
  expect(await ask('-m', 'lab/big')).toBe('ok\n')
  expect(await ask('-m', 'lab')).toBe('ok\n')
  expect(await ask()).toBe('other\n')
  expect(await ask('--fallback', 'lab', '-m', 'lab/x')).toBe('ok\n')
  const models = lab.received.map(({ body }) => (JSON.parse(body) as { model: string }).model)
  expect(models).toEqual(['big', 'qwen3', 'x'])
  expect(lab.received[0]?.headers.authorization).toBe('Bearer lab-0123456789')
})

test('a configuration that came with a folder names no servers', async () => {
  using folder = tempFolder({ 'lr.yaml': 'providers:\n  lab: {url: http://127.0.0.1:1}\n' })
  const ran = await run('lr-llm', ['-q', '-m', 'lab/x', 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('providers: refused, since the file is not trusted'),
  })
})

test.each([
  { args: ['modles'], says: /did you mean models\?/ },
  { args: ['serv'], says: /did you mean serve\?/ },
  { args: ['logs', 'list'], says: /did you mean log\? \(send it as a prompt by echo logs list \| lr-llm\)/ },
  { args: ['logs', '-n', '3'], says: /did you mean log\?/ },
  { args: ['model', 'list'], says: /did you mean models\?/ },
  { args: ['--url', 'http://127.0.0.1:1', 'models'], says: /it comes first/ },
])('$args is not sent as a prompt', async ({ args, says }) => {
  const ran = await run('bash', ['-c', `lr-llm -q ${args.join(' ')} < /dev/null`])
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(says) })
})

test.each([
  ['logo', 'ideas'],
  ['logs', 'show', 'what?'],
  ['Models', 'lie'],
])('%s %s is a prompt', async (...words) => {
  const ran = await run('bash', ['-c', `lr-llm -q -m exec:cat ${words.join(' ')} < /dev/null`])
  expect(ran).toEqual({ status: 0, stdout: `${words.join(' ')}\n`, stderr: '' })
})

test.each([
  { elapsedMs: 3200, reasoning: 0, text: 0, shown: 'waiting 3 s' },
  { elapsedMs: 12_000, reasoning: 1360, text: 0, shown: 'thinking 12 s, 340 tokens' },
  { elapsedMs: 15_000, reasoning: 1360, text: 360, shown: 'answering 15 s, 90 tokens' },
])('the status line says $shown', ({ elapsedMs, reasoning, text, shown }) => {
  expect(statusText(elapsedMs, { reasoning, text })).toBe(shown)
})
