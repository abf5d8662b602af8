import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { chatStream, type Handler, send, sendAndCut, serve } from '@loop-runner/test-kit/server'
import { startService } from '../support/start-service.ts'

async function start(args: readonly string[], env: Record<string, string> = {}) {
  const service = await startService(['-q', ...args], env)
  return { ...service, client: new OpenAI({ apiKey: 'none', baseURL: `${service.url}/v1`, maxRetries: 0 }) }
}

const IMAGE_ELSEWHERE = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
const IMAGE_PART = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
const TEXT_PART = { type: 'text', text: 'a' }
const HI = [{ role: 'user' as const, content: 'hi' }]

describe('the official openai package as a client', () => {
  test.each([
    { title: 'a server', args: ['-m', 'groq/m'] },
    { title: 'a command', args: ['-m', 'exec:printf "two words"'] },
  ])('gets answers from $title, streamed or not, with usage where it is known', async ({ args }) => {
    const usage = '{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}'
    const whole = `${chatStream(['two ', 'words'], 'stop', usage)}data: [DONE]\n\n`
    await using upstream = await serve(send(200, whole))
    await using service = await start([...args, '--url', upstream.url])
    const { client } = service
    const [model = ''] = (await client.models.list()).data.map(({ id }) => id)
    const answer = await client.chat.completions.create({ model, messages: HI })
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'two words' } })
    const include = { stream: true, stream_options: { include_usage: true } } as const
    const stream = await client.chat.completions.create({ model, messages: HI, ...include })
    let text = ''
    let last
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      last = chunk
    }
    expect(text).toBe('two words')
    expect(last?.usage?.total_tokens).toBe(args[1] === 'groq/m' ? 9 : undefined)
  })

  test('what it asks for arrives', async () => {
    await using upstream = await serve(send(200, chatStream(['{"n":1}'])))
    await using service = await start(['-m', 'openai/m', '--url', upstream.url])
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer' } },
      required: ['n'],
      additionalProperties: false,
    }
    await service.client.chat.completions.create({
      model: 'm',
      messages: [
        { role: 'developer', content: 'sys' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
      temperature: 0.5,
      max_completion_tokens: 9,
      stop: 'x',
      seed: 3,
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema } },
    })
    expect(JSON.parse(upstream.received[0]?.body ?? '')).toMatchObject({
      model: 'm',
      messages: [
        { role: 'system', content: 'sys' },
        { role: 'user', content: [{ type: 'image_url' }, { type: 'text', text: 'a' }] },
      ],
      temperature: 0.5,
      max_completion_tokens: 9,
      stop: ['x'],
      seed: 3,
      reasoning_effort: 'low',
      response_format: { json_schema: { schema } },
    })
  })

  test.each([
    { title: 'cut off', handler: send(200, chatStream(['half'], 'length')), status: 502, code: 'length' },
    { title: 'without an end', handler: send(200, chatStream(['half'], null, '')), status: 502, code: 'cut' },
    { title: 'empty', handler: send(200, chatStream([''])), status: 502, code: 'empty' },
    { title: 'rejected', handler: send(400, '{"error":"no"}'), status: 400, code: 'request' },
    { title: 'without a key', handler: send(401, '{}'), status: 502, code: 'auth' },
    { title: 'limited', handler: send(429, '{}'), status: 429, code: 'rate-limit' },
    { title: 'overloaded', handler: send(529, '{}'), status: 503, code: 'overload' },
    {
      title: 'too long',
      handler: send(400, '{"error":"prompt is too long: 9 tokens > 5 maximum"}'),
      status: 400,
      code: 'context_length_exceeded',
    },
  ])('an answer $title is $status, never a stop; in a stream an error', async ({ handler, status, code }) => {
    await using upstream = await serve(handler)
    await using service = await start(['--url', upstream.url, '-m', 'groq/m', '--retries', '0', '--wait-limit', '0s'])
    const ask = (stream: boolean) => service.client.chat.completions.create({ model: 'm', messages: HI, stream })
    await expect(ask(false)).rejects.toMatchObject({ status, code })
    await expect(drain(ask(true))).rejects.toMatchObject({ code })
  })

  test.each([
    { title: 'no messages', body: { messages: [] }, says: /messages/ },
    { title: 'tools', body: { tools: [{ type: 'function', function: { name: 'f' } }] }, says: /tools: not served/ },
    { title: 'old functions', body: { functions: [{ name: 'f' }] }, says: /functions: not served/ },
    { title: 'two choices', body: { n: 2 }, says: /n: not served/ },
    { title: 'log probabilities', body: { logprobs: true }, says: /logprobs: not served/ },
    { title: 'a bias', body: { logit_bias: { 50256: -100 } }, says: /logit_bias: not served/ },
    { title: 'a penalty', body: { frequency_penalty: 0.5 }, says: /frequency_penalty: not served/ },
    { title: 'speech', body: { modalities: ['text', 'audio'] }, says: /modalities: only text/ },
    { title: 'a web search', body: { web_search_options: {} }, says: /web_search_options: not served/ },
    { title: 'another length', body: { verbosity: 'low' }, says: /verbosity: not served/ },
    { title: 'a temperature in words', body: { temperature: 'hot' }, says: /temperature: expected a number/ },
    { title: 'a limit as text', body: { max_tokens: '5' }, says: /max_tokens: expected a whole/ },
    { title: 'a negative limit', body: { max_completion_tokens: -1 }, says: /max_completion_tokens: expected a whole/ },
    { title: 'a limit of nothing', body: { max_tokens: 0 }, says: /max_tokens: expected a whole/ },
    { title: 'a limit with a part', body: { max_tokens: 1.5 }, says: /max_tokens: expected a whole/ },
    {
      title: 'a hidden limit as text',
      body: { max_tokens: '5', max_completion_tokens: 5 },
      says: /max_tokens: expected a whole/,
    },
    { title: 'an unknown effort', body: { reasoning_effort: 'huge' }, says: /reasoning_effort: expected one of/ },
    { title: 'an odd stop', body: { stop: [1] }, says: /stop: expected a text or a list of texts/ },
    { title: 'an odd stream', body: { stream: 'yes' }, says: /stream: expected true or false/ },
    { title: 'a model by number', body: { model: 5 }, says: /model: expected a text/ },
    { title: 'a format by name', body: { response_format: 'json' }, says: /response_format: expected an object/ },
    {
      title: 'a part without text',
      body: { messages: [{ role: 'user', content: [{ type: 'text', text: 5 }] }] },
      says: /messages\[0\]\.content: a part of type text has no text/,
    },
    {
      title: 'an image between texts',
      body: { messages: [{ role: 'user', content: [TEXT_PART, IMAGE_PART, TEXT_PART] }] },
      says: /messages\[0\]\.content: texts before and behind an image or file are not served/,
    },
    {
      title: 'a text between images',
      body: { messages: [{ role: 'user', content: [IMAGE_PART, TEXT_PART, IMAGE_PART] }] },
      says: /texts before and behind/,
    },
    { title: 'an odd format', body: { response_format: { type: 'xml' } }, says: /response_format: expected text/ },
    { title: 'no schema', body: { response_format: { type: 'json_schema' } }, says: /schema is missing/ },
    {
      title: 'an image elsewhere',
      body: { messages: [{ role: 'user', content: [IMAGE_ELSEWHERE] }] },
      says: /data: addresses/,
    },
    { title: 'an odd role', body: { messages: [{ role: 'tool', content: 'x', tool_call_id: '1' }] }, says: /role/ },
    { title: 'another model', body: { model: 'gpt-9' }, status: 404, says: /"gpt-9" is not served/ },
  ])('$title: refused by name', async ({ body, status = 400, says }) => {
    await using service = await start(['-m', 'exec:cat'])
    const ask = service.client.chat.completions.create({ model: 'exec', messages: HI, ...body } as never)
    await expect(ask).rejects.toMatchObject({ status, message: expect.stringMatching(says) as string })
  })

  test('fields that ask for nothing, and every name that /v1/models lists, are accepted', async () => {
    await using upstream = await serve(send(200, chatStream(['{"n":1}'])))
    await using service = await start(['-m', 'openai/m', '--url', upstream.url])
    const models = (await service.client.models.list()).data.map(({ id }) => id)
    expect(models).toEqual(['openai/m', 'm', 'default'])
    const nothing = {
      n: 1,
      tools: [],
      tool_choice: 'none',
      logprobs: false,
      frequency_penalty: 0,
      presence_penalty: null,
    }
    for (const model of models) {
      const format = { response_format: { type: 'json_object' as const } }
      const asked = { model, messages: HI, ...format, ...nothing } as never
      const answer = (await service.client.chat.completions.create(asked)) as OpenAI.ChatCompletion
      expect(answer.choices[0]?.message.content).toBe('{"n":1}')
    }
  })
})

async function drain(stream: Promise<unknown>): Promise<void> {
  for await (const _chunk of (await stream) as AsyncIterable<unknown>);
}

interface Raw {
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

function fetchRaw(url: string, { path = '/health', headers = {}, body }: Raw = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}${path}`, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', reject)
    call.end(body)
  })
}

test('/health is 200, and 503 where the model cannot be reached', async () => {
  await using upstream = await serve(send(200, '{"data":[]}'))
  await using well = await start(['--url', upstream.url])
  await using ill = await start(['--url', 'http://127.0.0.1:1'])
  expect([await fetchRaw(well.url), await fetchRaw(ill.url)]).toEqual([200, 503])
})

test('foreign hosts, forms of web pages and clients without the token are turned away', async () => {
  await using open = await start(['-m', 'exec:cat'])
  expect(await fetchRaw(open.url, { headers: { host: 'evil.example' } })).toBe(403)
  expect(await fetchRaw(open.url, { headers: { host: 'localhost:80' } })).toBe(200)
  const form = { 'content-type': 'text/plain' }
  expect(await fetchRaw(open.url, { path: '/v1/chat/completions', headers: form, body: '{}' })).toBe(415)
  expect(await fetchRaw(open.url, { path: '/nothing' })).toBe(404)
  await using closed = await start(['-m', 'exec:cat', '--host', '0.0.0.0', '--token-env', 'DOOR'], {
    DOOR: 'open-sesame',
  })
  const url = closed.url.replace('0.0.0.0', '127.0.0.1')
  expect(await fetchRaw(url)).toBe(401)
  expect(await fetchRaw(url, { headers: { authorization: 'Bearer open-sesama' } })).toBe(401)
  expect(await fetchRaw(url, { headers: { authorization: 'Bearer open-sesame', host: 'any' } })).toBe(200)
})

test.each([
  { args: ['--host', '0.0.0.0'], status: 2, says: /require tokens/ },
  { args: ['--port', '99999'], status: 2, says: /out of range/ },
  { args: ['--host', '203.0.113.1', '--token-env', 'T'], status: 3, says: /203.0.113.1:/ },
])('serve $args: $status', async ({ args, status, says }) => {
  const ran = await run('lr-llm', ['serve', '-m', 'exec:cat', '--port', '0', ...args], { env: { T: 'secret-token' } })
  expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) })
})

test('a request that cannot wait gets 429 with Retry-After; a stop waits for running ones', async () => {
  let release = () => {}
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const held: Handler = (response) => {
    release = () => void response.end(chatStream(['late']))
    begun()
  }
  await using upstream = await serve(held)
  await using service = await start([
    '--url',
    upstream.url,
    '-m',
    'groq/m',
    '--max-concurrent',
    '1',
    '--max-queue',
    '0',
  ])
  const ask = () => service.client.chat.completions.create({ model: 'm', messages: HI })
  const first = ask()
  await hasBegun
  const refused: unknown = await ask().catch((error: unknown) => error)
  expect(refused).toMatchObject({ status: 429 })
  expect(Number((refused as { headers: Headers }).headers.get('retry-after'))).toBeGreaterThan(0)
  const stopped = service.stop()
  release()
  expect((await first).choices[0]?.message.content).toBe('late')
  expect(['SIGTERM', '143']).toContain(await stopped)
})

test.each([
  {
    at: 'a port that is taken',
    args: (port: string) => [`--port=${port}`],
    says: 'this port is taken (choose another --port, or 0',
  },
  {
    at: 'an address of another machine',
    args: () => ['--host=203.0.113.1', '--client=a', '--port=0'],
    says: 'this machine has no such address (choose another --host)',
  },
])('$at ends the service with 3', async ({ args, says }) => {
  using folder = tempFolder({})
  await using upstream = await serve(send(200, ''))
  const asked = ['serve', '-q', '-m', 'exec:cat', ...args(new URL(upstream.url).port)]
  const { status, stdout, stderr } = await run('lr-llm', asked, { env: { XDG_STATE_HOME: folder.path } })
  expect({ status, stdout }, stderr).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain(says)
})

test('a client whose body is not complete holds no slot', async () => {
  await using upstream = await serve(send(200, chatStream(['ok'])))
  await using service = await start([
    '--url',
    upstream.url,
    '-m',
    'groq/m',
    '--max-concurrent',
    '1',
    '--max-queue',
    '0',
  ])
  const headers = { 'content-type': 'application/json', 'content-length': '1000' }
  const slow = request(`${service.url}/v1/chat/completions`, { method: 'POST', headers })
  slow.on('error', () => {})
  await new Promise((resolve) => slow.write('{"messages"', resolve))
  const answer = await service.client.chat.completions.create({ model: 'm', messages: HI })
  expect(answer.choices[0]?.message.content).toBe('ok')
  slow.destroy()
})

test('a client that goes away ends the call; one cut mid-answer gets an error event', async () => {
  let closed = () => {}
  const isClosed = new Promise<void>((resolve) => (closed = resolve))
  await using upstream = await serve((response, received, count) => {
    if (count > 1) return sendAndCut(chatStream(['half'], null, ''))(response, received, count)
    response.on('close', closed)
    response.writeHead(200).write(chatStream(['endless'], null, ''))
  })
  await using service = await start(['--url', upstream.url, '-m', 'groq/m'])
  const ask = () => service.client.chat.completions.create({ model: 'm', messages: HI, stream: true })
  for await (const chunk of await ask()) if (chunk.choices[0]?.delta.content === 'endless') break
  await isClosed
  await expect(drain(ask())).rejects.toMatchObject({ code: 'cut' })
})

/** A command that does not answer, and the file with its process id once it runs. */
function silentCommand(folder: string) {
  const pidFile = join(folder, 'pid')
  const args = ['-m', `exec:echo $$ > '${pidFile}.new'; mv '${pidFile}.new' '${pidFile}'; sleep 600`]
  return {
    args,
    hasBegun: () => existsSync(pidFile),
    isRunning: () => isRunning(Number(readFileSync(pidFile, 'utf8'))),
  }
}

test('a client that goes away ends the command that would have answered it', async () => {
  using folder = tempFolder({})
  const command = silentCommand(folder.path)
  await using service = await start(command.args)
  const going = new AbortController()
  const asked = service.client.chat.completions.create({ model: 'default', messages: HI }, { signal: going.signal })
  const refused = expect(asked).rejects.toThrow('aborted')
  await until(command.hasBegun)
  going.abort()
  await refused
  await until(() => !command.isRunning())
})

test('a second signal ends the service and the command that still answers, without waiting', async () => {
  using folder = tempFolder({})
  const command = silentCommand(folder.path)
  await using service = await startService(command.args)
  const client = new OpenAI({ apiKey: 'none', baseURL: `${service.url}/v1`, maxRetries: 0 })
  const asked = client.chat.completions.create({ model: 'default', messages: HI })
  const refused = expect(asked).rejects.toThrow('Connection error')
  await until(command.hasBegun)
  const stopped = service.stop()
  await until(() => service.errors.some((line) => line.includes('1 request is still running')))
  void service.stop()
  await refused
  expect(await stopped).toBe('SIGTERM')
  await until(() => !command.isRunning())
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Polls until the condition holds; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('the service ends when the process of --pid has ended', async () => {
  using folder = tempFolder({ 'r/1.txt': 'one' })
  const other = spawn('sleep', ['600'])
  await using service = await start(['-m', `replay:${folder.path}/r`, '--pid', String(other.pid)])
  expect((await fetch(`${service.url}/health`)).status).toBe(200)
  other.kill('SIGKILL')
  await until(() => !isRunning(service.pid))
  expect(await service.stop()).toBe('SIGTERM')
})

test('scripted replies are served in order', async () => {
  using folder = tempFolder({ 'r/1.txt': 'one', 'r/2.txt': 'two' })
  await using service = await start(['-m', `replay:${folder.path}/r`], { XDG_STATE_HOME: folder.path })
  const ask = async () => {
    const answer = await service.client.chat.completions.create({ model: 'replay', messages: HI })
    return answer.choices[0]?.message.content
  }
  expect([await ask(), await ask()]).toEqual(['one', 'two'])
})
