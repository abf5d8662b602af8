import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder, run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'

test.each([
  { title: 'operands are joined by a space', operands: ['fix', 'this'], stdin: '', prompt: 'fix this' },
  { title: 'standard input alone is exact', operands: [], stdin: '  a\r\n\n', prompt: '  a\r\n\n' },
  { title: 'a blank line stands between both', operands: ['fix'], stdin: 'x = 1\n', prompt: 'fix\n\nx = 1\n' },
  { title: 'what follows -- is prompt', operands: ['--', '-t', 'is'], stdin: '', prompt: '-t is' },
])('the prompt: $title', async ({ operands, stdin, prompt }) => {
  await using server = await serve(send(200, chatStream(['ok'])))
  const { status, stdout } = await run('lr-llm', ['--url', server.url, ...operands], { stdin })
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'ok\n' })
  expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ messages: [{ role: 'user', content: prompt }] })
})

test.each([
  {
    title: 'an empty prompt is not asked',
    args: ['--url', 'http://127.0.0.1:1'],
    status: 1,
    says: /the prompt is empty/,
  },
  { title: 'an empty operand, without a key', args: ['-n', ''], status: 1, says: /the prompt is empty/ },
  { title: 'blanks, without a key', args: ['-n', ' ', '\n'], status: 1, says: /the prompt is empty/ },
  { title: 'a command that is not named', args: ['-m', 'exec:', 'hi'], status: 2, says: /which command/ },
  {
    title: 'a missing key names its variable',
    args: ['-m', 'groq', 'hi'],
    status: 3,
    says: /groq: no key \(set GROQ_API_KEY/,
  },
  {
    title: 'without a model and a key, the variables of all providers are named',
    args: ['hi'],
    status: 3,
    says: /no key is set \(set GROQ_API_KEY, ANTHROPIC_API_KEY, .*lr-llm keys set PROVIDER; -m ollama\/MODEL needs none\)$/m,
  },
  { title: 'an unknown provider', args: ['-m', 'grok/x', 'hi'], status: 2, says: /did you mean groq\?/ },
  { title: 'an invalid address', args: ['--url', 'ftp://x', 'hi'], status: 2, says: /not the address of a server/ },
  { title: 'a temperature out of range', args: ['-t', '9', 'hi'], status: 2, says: /out of range/ },
  { title: 'a field that is no JSON', args: ['--url', 'x', '--body', 'a=b', 'hi'], status: 2, says: /no JSON/ },
  { title: 'an invalid header', args: ['--url', 'x', '--header', 'a', 'hi'], status: 2, says: /NAME:VALUE/ },
])('$title: exit code $status, one line', async ({ args, status, says }) => {
  const ran = await run('lr-llm', ['-q', ...args])
  expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) })
  expect(ran.stderr).toMatch(/^lr-llm: [^\n]+\n$/)
})

test('an address alone is asked for its own model, and is named in what is said of it', async () => {
  await using server = await serve(send(200, chatStream(['ok'])))
  const { stdout } = await run('lr-llm', ['--url', server.url, '--json', 'hi'])
  expect(JSON.parse(stdout)).toMatchObject({ model: `${server.url.slice('http://'.length)}/default` })
  expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ model: 'default' })
  const dry = await run('lr-llm', ['--url', server.url, '--dry-run', 'hi'])
  expect(dry.stderr).toBe(`lr-llm: would POST to ${server.url}/v1/chat/completions without a key\n`)
})

test('an incomplete answer is not printed, but its usage is with --usage', async () => {
  const usage = '{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}'
  await using server = await serve(send(200, `${chatStream(['a'], 'length', usage)}data: [DONE]\n\n`))
  const args = ['-q', '--url', server.url, '--price', '1000000,2000000', 'hi']
  expect(await run('lr-llm', args)).toMatchObject({ status: 5, stdout: '' })
  const { status, stdout } = await run('lr-llm', ['--usage', ...args])
  expect(status).toBe(5)
  expect(JSON.parse(stdout.split('\n')[1] ?? '')).toMatchObject({ input: 7, output: 2, cost: 11, finish: 'length' })
})

test('-v says what address is asked', async () => {
  await using server = await serve(send(404, 'nothing here'))
  const { stderr } = await run('lr-llm', ['-v', '--url', `${server.url}/wrong`, 'hi'])
  expect(stderr).toMatch(`: POST ${server.url}/wrong/v1/chat/completions\n`)
})

test.each(['--record', '--history'])(
  'a file of %s that cannot be written is found out before anybody is paid',
  async (option) => {
    await using server = await serve(send(200, chatStream(['ok'])))
    const ran = await run('lr-llm', ['-q', '--url', server.url, option, 'none/file', 'hi'])
    expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/none\/file: no such file/) })
    expect(server.received).toEqual([])
  },
)

test.each(['--record', '--history'])('a full disk at %s is an error', async (option) => {
  const ran = await run('lr-llm', ['-q', '-m', 'exec:echo ok', option, '/dev/full', 'hi'])
  expect(ran).toMatchObject({ status: 3, stderr: 'lr-llm: /dev/full: no space left on device\n' })
})

test('a cache that cannot be written loses no answer', async () => {
  using folder = tempFolder({ file: '' })
  await using server = await serve((response) => {
    // The folder is a file by the time the answer is there.
    writeFileSync(join(folder.path, 'cache'), '')
    response.end(chatStream(['ok']))
  })
  const ran = await run('lr-llm', ['--url', server.url, '--cache', 'cache', 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 0, stdout: 'ok\n', stderr: expect.stringContaining('cannot be cached') })
})

test('an answer gets a newline only where it has none, and the usage block begins a line', async () => {
  const usage = '{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}'
  await using server = await serve(send(200, `${chatStream(['a\n\n'], 'stop', usage)}data: [DONE]\n\n`))
  const plain = await run('lr-llm', ['--url', server.url, 'hi'])
  expect(plain.stdout).toBe('a\n\n')
  const { stdout } = await run('lr-llm', ['--url', server.url, '--usage', 'hi'])
  const [, json = ''] = /^a\n\n<<<< usage <<<<\n(.*)\n>>>>>>>>\n$/.exec(stdout) ?? []
  expect(JSON.parse(json)).toMatchObject({ input: 7, output: 2, finish: 'stop', served: 'served' })
})

test('--json is one object, on failure too', async () => {
  await using server = await serve(send(200, chatStream(['half'], 'length')))
  const ran = await run('lr-llm', ['--url', server.url, '--json', 'hi'])
  expect(ran.status).toBe(5)
  expect(JSON.parse(ran.stdout)).toMatchObject({ error: { kind: 'length', status: 5 }, partial: 'half' })
})

test.each([
  { api: 'openai-chat', path: '/v1/chat/completions', field: 'max_tokens' },
  { api: 'openai-responses', path: '/v1/responses', field: 'max_output_tokens' },
  { api: 'anthropic', path: '/v1/messages', field: 'max_tokens' },
  { api: 'ollama', path: '/api/chat', field: 'options' },
])('--api $api posts to $path, with and without /v1 in --url', async ({ api, path, field }) => {
  await using server = await serve(send(400, '{"error":{"message":"no"}}'))
  for (const end of ['', '/', '/v1']) {
    const args = ['--url', server.url + end, '--api', api, '-m', 'some-model', '--max-tokens', '9', 'hi']
    expect(await run('lr-llm', args)).toMatchObject({ status: 3, stdout: '' })
  }
  expect(server.received.map((one) => one.path)).toEqual([path, path, path])
  const body = JSON.parse(server.received[0]?.body ?? '') as Record<string, unknown>
  expect(body).toMatchObject({ model: 'some-model', stream: true })
  expect(body).toHaveProperty(field)
})

test('exec: gets the prompt and the system text, and no keys', async () => {
  const env = { GROQ_API_KEY: 'gsk-secret', PPLX_API_KEY: 'p-secret', MY_TOKEN: 't', PLAIN: 'yes' }
  const script = 'cat; echo; echo "$GROQ_API_KEY,$PPLX_API_KEY,$MY_TOKEN,$PLAIN"'
  const args = ['-m', `exec:${script}`, '-s', 'be brief', '--pass-env', 'MY_TOKEN', 'hi']
  expect(await run('lr-llm', args, { env })).toMatchObject({ status: 0, stdout: 'be brief\n\nhi\n,,t,yes\n' })
})

test.each([
  { script: 'echo text; exit 3', status: 3 },
  { script: 'echo text; exit 4', status: 4 },
  { script: 'echo text; exit 5', status: 5 },
  { script: 'echo text; exit 1', status: 3 },
  { script: 'true', status: 5 },
  { script: 'no-such-program', status: 3 },
  { script: 'sleep 20', status: 4 },
])('exec:$script ends with $status and prints nothing', async ({ script, status }) => {
  const ran = await run('lr-llm', ['-m', `exec:${script}`, '--timeout', '1', 'hi'])
  expect(ran).toMatchObject({ status, stdout: '' })
  expect(ran.stderr).toMatch(/^(lr-llm: [^\n]+\n)+$/)
})

test('exec: the error of a command names its last line, and the lines before it are printed', async () => {
  const ran = await run('lr-llm', ['-m', 'exec:echo first >&2; echo last >&2; exit 3', 'hi'])
  expect(ran.stderr).toBe('lr-llm: exec: first\nlr-llm: exec: the command ended with exit code 3: last\n')
})

test('replay:FOLDER gives 1.txt, 2.txt … in order, or by LR_ITERATION', async () => {
  using folder = tempFolder({ 'r/1.txt': 'one\n', 'r/2.txt': 'two' })
  const ask = (env: Record<string, string> = {}) =>
    run('lr-llm', ['-m', 'replay:r', 'hi'], { cwd: folder.path, env: { XDG_STATE_HOME: `${folder.path}/s`, ...env } })
  expect(await ask()).toMatchObject({ status: 0, stdout: 'one\n' })
  expect(await ask({ LR_ITERATION: '2' })).toMatchObject({ status: 0, stdout: 'two\n' })
  expect(await ask()).toMatchObject({ status: 0, stdout: 'two\n' })
  expect(await ask()).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('no reply 3') })
  expect(await ask()).toMatchObject({ status: 0, stdout: 'one\n' })
  expect(await ask({ LR_ITERATION: '3' })).toMatchObject({ status: 3, stdout: '' })
})

test('exec: gets the options of the request, and its answer ends at --stop', async () => {
  const script =
    'echo $LR_LLM_TEMPERATURE,$LR_LLM_TOP_P,$LR_LLM_MAX_TOKENS,$LR_LLM_SEED,$LR_LLM_EFFORT,$LR_LLM_STOP; echo END; echo more'
  const sampling = ['-t', '0.5', '--top-p', '0.9', '--max-tokens', '7', '--seed', '3', '--effort', 'low']
  const ran = await run('lr-llm', ['-m', `exec:${script}`, ...sampling, '--stop', 'END', 'hi'])
  expect(ran).toMatchObject({ status: 0, stdout: '0.5,0.9,7,3,low,\n' })
})

test.each([
  { title: 'a file', args: ['-a', 'x.png'] },
  { title: 'a field of the body', args: ['--body', 'a=1'] },
])('exec: refuses $title', async ({ args }) => {
  using folder = tempFolder({ 'x.png': '%PDF-1.4' })
  expect(await run('lr-llm', ['-m', 'exec:cat', ...args, 'hi'], { cwd: folder.path })).toMatchObject({ status: 2 })
})

test.each([
  { operands: ['-'], prompt: 'in\n' },
  { operands: ['fix', '-'], prompt: 'fix\n\nin\n' },
  { operands: ['before', '-', 'and', 'after'], prompt: 'before\n\nin\n\n\nand after' },
])('the operand - is standard input: $operands', async ({ operands, prompt }) => {
  const ran = await run('lr-llm', ['-m', 'exec:cat', ...operands], { stdin: 'in\n' })
  expect(ran).toEqual({ status: 0, stdout: prompt.endsWith('\n') ? prompt : `${prompt}\n`, stderr: '' })
})

test('standard input is read once', async () => {
  expect(await run('lr-llm', ['-m', 'exec:cat', '-', '-'], { stdin: 'x' })).toMatchObject({ status: 2 })
  expect(await run('lr-llm', ['--url', 'h', '-a', '-', '-'], { stdin: 'x' })).toMatchObject({ status: 2 })
})

test('-a - sends standard input as a file', async () => {
  await using server = await serve(send(200, chatStream(['ok'])))
  const args = ['--url', server.url, '-a', '-', 'look']
  expect(await run('lr-llm', args, { stdin: '%PDF-1.4' })).toMatchObject({ status: 0 })
  expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
    messages: [{ content: [{ type: 'file' }, { type: 'text', text: 'look' }] }],
  })
})

test.each([
  { schema: '{"type":"object","required":["n"]}', status: 0 },
  { schema: '{"type":"array"}', status: 5 },
  { schema: '{"type":"objekt"}', status: 2 },
  { schema: '{"properties":{"a":{"type":"strin"}}}', status: 2 },
  { schema: '{"type"', status: 2 },
])('--schema $schema, inline: $status', async ({ schema, status }) => {
  const ran = await run('lr-llm', ['-m', `exec:echo '{"n":1}'`, '--schema', schema, 'hi'])
  expect(ran.status).toBe(status)
})

test('in a pipe nothing is on standard error for a good answer; -v prints the statistics', async () => {
  await using server = await serve(send(200, chatStream(['ok'])))
  expect(await run('lr-llm', ['--url', server.url, 'hi'])).toEqual({ status: 0, stdout: 'ok\n', stderr: '' })
  const { stderr } = await run('lr-llm', ['-v', '--url', server.url, 'hi'])
  expect(stderr).toMatch(/ s(, |\n)/)
})

test.each([
  { limit: '5s', status: 0, waits: ['rate-limit'] },
  { limit: '500ms', status: 4, waits: [] },
])('--wait-limit $limit on a rate limit of a second: $status', async ({ limit, status, waits }) => {
  using folder = tempFolder()
  await using server = await serve((response, received, count) =>
    (count === 1 ? send(429, '{"error":"slow down"}', { 'retry-after': '1' }) : send(200, chatStream(['ok'])))(
      response,
      received,
      count,
    ),
  )
  const args = [
    '--url',
    server.url,
    '--retries',
    '0',
    '--timeout',
    '900ms',
    '--wait-limit',
    limit,
    '--events',
    'e',
    'hi',
  ]
  expect((await run('lr-llm', args, { cwd: folder.path })).status).toBe(status)
  const events = existsSync(join(folder.path, 'e'))
    ? readFileSync(join(folder.path, 'e'), 'utf8').trim().split('\n')
    : []
  expect(events.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(waits)
})

test.each(['0', '-5', '1'])(
  'a limit that holds on after Retry-After: %s is asked less and less often',
  async (after) => {
    let requests = 0
    await using server = await serve((...call) => {
      requests++
      return send(429, '{"error":"slow down"}', { 'retry-after': after })(...call)
    })
    const ran = await run('lr-llm', ['--url', server.url, '--retries', '0', '--wait-limit', '4s', 'hi'])
    expect(ran.status, ran.stderr).toBe(4)
    // After waits of 1 and 2 seconds the next one would be 4.
    expect(requests).toBe(3)
  },
)

test.each([
  { stop: '', status: 2 },
  { stop: 'answer', status: 5 },
  { stop: 'other', status: 0 },
])('--stop "$stop" on "answer": $status', async ({ stop, status }) => {
  expect((await run('lr-llm', ['-m', 'exec:echo answer', '--stop', stop, 'hi'])).status).toBe(status)
})
