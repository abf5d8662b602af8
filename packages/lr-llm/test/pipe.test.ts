import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { chatStream, type Handler, send, serve } from '@loop-runner/test-kit/server'

const CODE = 'Here:\n```python\nprint(1)\n```\nand\n~~~sh\nls\n~~~\n'

test.each([
  { option: '--extract', stdout: 'print(1)\n' },
  { option: '-x', stdout: 'print(1)\n' },
  { option: '--extract=last', stdout: 'ls\n' },
  { option: '--extract=all', stdout: 'print(1)\nls\n' },
  { option: '--extract=sh', stdout: 'ls\n' },
])('$option prints $stdout', async ({ option, stdout }) => {
  await using server = await serve(send(200, chatStream([CODE])))
  expect(await run('lr-llm', [option, '--url', server.url, 'hi'])).toMatchObject({ status: 0, stdout })
})

test.each([
  { title: 'no code', text: 'just words', args: ['--extract'], says: /no code block/ },
  { title: 'no such code', text: CODE, args: ['--extract=go'], says: /no code block of go \(it has python, sh\)/ },
  { title: 'code without an end', text: '```\nx', args: ['--extract'], says: /never closed/ },
  { title: 'no JSON', text: 'words', args: ['--schema', 's.json'], says: /not JSON/ },
  { title: 'not of the schema', text: '{"n":"x"}', args: ['--schema', 's.json'], says: /n.*type/i },
])('an answer with $title is 5 and is not printed', async ({ text, args, says }) => {
  using folder = tempFolder({ 's.json': SCHEMA })
  await using server = await serve(send(200, chatStream([text])))
  const ran = await run('lr-llm', ['-q', '--url', server.url, ...args, 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 5, stdout: '', stderr: expect.stringMatching(says) })
  expect(ran.stderr).toMatch(/^lr-llm: [^\n]+\n$/)
})

test.each([
  { title: 'a reference to nothing', schema: '{"$ref":"#/none"}', says: /none/ },
  { title: 'an invalid pattern', schema: '{"pattern":"("}', says: /regular expression/ },
])('a schema with $title is 3', async ({ schema, says }) => {
  using folder = tempFolder({ 's.json': schema })
  const ran = await run('lr-llm', ['-q', '-m', `exec:echo '"x"'`, '--schema', 's.json', 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(says) })
  expect(ran.stderr).toMatch(/^lr-llm: exec: the schema cannot be used: [^\n]+\n$/)
})

const SCHEMA = JSON.stringify({
  type: 'object',
  properties: { n: { type: 'integer' } },
  required: ['n'],
  additionalProperties: false,
})

test.each([
  { api: 'openai-chat', text: chatStream(['{"n":3}']), where: ['response_format', 'json_schema', 'schema'] },
  { api: 'openai-responses', text: '', where: ['text', 'format', 'schema'] },
  { api: 'anthropic', text: '', where: ['output_config', 'format', 'schema'] },
  {
    api: 'ollama',
    text: '{"message":{"content":"{\\"n\\":3}"},"done":true,"done_reason":"stop"}\n',
    where: ['format'],
  },
])('--schema is sent with API $api', async ({ api, text, where }) => {
  using folder = tempFolder({ 's.json': SCHEMA })
  await using server = await serve(text === '' ? send(400, '') : send(200, text))
  const args = ['--url', server.url, '--api', api, '-m', 'm', '--schema', 's.json', 'hi']
  const ran = await run('lr-llm', args, { cwd: folder.path })
  expect(ran).toMatchObject(text === '' ? { status: 3 } : { status: 0, stdout: '{"n":3}\n' })
  expect(JSON.parse(server.received[0]?.body ?? '')).toHaveProperty(where, JSON.parse(SCHEMA))
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

test.each([
  { api: 'openai-chat', path: ['messages', '0', 'content', '0', 'image_url', 'url'], prefix: 'data:image/png;base64,' },
  { api: 'openai-responses', path: ['input', '0', 'content', '0', 'image_url'], prefix: 'data:image/png;base64,' },
  { api: 'anthropic', path: ['messages', '0', 'content', '0', 'source', 'data'], prefix: '' },
  { api: 'ollama', path: ['messages', '0', 'images', '0'], prefix: '' },
])('-a sends an image with API $api', async ({ api, path, prefix }) => {
  using folder = tempFolder({ 'dot.bin': PNG })
  const args = ['--dry-run', '--api', api, '--url', 'http://h', '-m', 'm', '-a', 'dot.bin', 'what is this?']
  const { stdout, status } = await run('lr-llm', args, { cwd: folder.path })
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toHaveProperty(path, prefix + PNG.toString('base64'))
})

test.each([
  { title: 'text', file: 'a.txt', args: [], says: /neither PNG/ },
  { title: 'a PDF for Ollama', file: 'a.pdf', args: ['--api', 'ollama', '--url', 'http://h'], says: /images only/ },
  { title: 'a file that is not there', file: 'b', args: [], says: /b: no such file/ },
  { title: 'a file for a command', file: 'a.pdf', args: ['-m', 'exec:cat'], says: /cannot take files/ },
])('-a refuses $title', async ({ file, args, says }) => {
  using folder = tempFolder({ 'a.txt': 'x', 'a.pdf': '%PDF-1.7\n' })
  const ran = await run('lr-llm', [...args, '--dry-run', '-a', file, 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(says) })
})

test('--dry-run prints the body that is sent otherwise, and no key', async () => {
  await using server = await serve(send(200, chatStream(['ok'])))
  const env = { MY_KEY: 'sk-canary-0123456789' }
  const header = ['--header', 'X-Api-Token: canary-token-1']
  const args = [
    '--url',
    server.url,
    '--key-env',
    'MY_KEY',
    ...header,
    '--body',
    'top_k=4',
    '-t',
    '0.1',
    '-s',
    'sys',
    'hi',
  ]
  const dry = await run('lr-llm', ['--dry-run', ...args], { env })
  expect(server.received).toEqual([])
  await run('lr-llm', args, { env })
  expect(dry.stdout).toBe(`${server.received[0]?.body}\n`)
  expect(server.received[0]?.headers).toMatchObject({
    authorization: 'Bearer sk-canary-0123456789',
    'x-api-token': 'canary-token-1',
  })
  expect(dry.stdout + dry.stderr).not.toMatch(/canary/)
})

test('--body sets fields, deep ones too, and takes them away', async () => {
  const args = [
    '--dry-run',
    '--url',
    'h',
    '--body',
    'a.b=[1]',
    '--body',
    'stream_options=',
    '--body',
    'model="x"',
    'hi',
  ]
  const { stdout } = await run('lr-llm', args)
  expect(JSON.parse(stdout)).toEqual({
    model: 'x',
    messages: [{ role: 'user', content: 'hi' }],
    stream: true,
    a: { b: [1] },
  })
})

test('--fallback uses the next model if that may help, with a notice, and not if the request is at fault', async () => {
  await using broken = await serve(send(503, ''))
  await using refusing = await serve(send(400, ''))
  const args = (url: string) => ['--url', url, '--retries', '0', '--fallback', 'exec:cat', 'hi']
  const ran = await run('lr-llm', args(broken.url))
  expect(ran).toMatchObject({ status: 0, stdout: 'hi\n', stderr: expect.stringContaining('falling back to exec') })
  expect(await run('lr-llm', args(refusing.url))).toMatchObject({ status: 3, stdout: '' })
})

describe('--max-cost', () => {
  const usage = '{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":2000}}'

  test('limits the answer to what is left, and an answer cut there is 7', async () => {
    await using server = await serve(send(200, chatStream(['half'], 'length')))
    const args = ['-q', '--url', server.url, '--max-cost', '0.001', '--price', '1,2', 'hi']
    expect(await run('lr-llm', args)).toMatchObject({ status: 7, stdout: '' })
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ max_tokens: 491 })
  })

  test.each([
    { title: 'a prompt that is too expensive', args: ['--price', '9000,1'], status: 7 },
    { title: 'a price that is not known', args: [], status: 2 },
    { title: 'an invalid price', args: ['--price', 'cheap'], status: 2 },
    { title: "another model's price", args: ['--price', 'openai/x=1,2'], status: 2 },
  ])('$title: $status, no request is sent', async ({ args, status }) => {
    await using server = await serve(send(200, ''))
    const ran = await run('lr-llm', ['--url', server.url, '--max-cost', '0.001', ...args, 'hi'])
    expect(ran).toMatchObject({ status, stdout: '' })
    expect(server.received).toEqual([])
  })

  test('the cost is in the usage block: by the price, else what the server says, else null', async () => {
    await using server = await serve(send(200, chatStream(['ok'], 'stop', usage)))
    const costOf = async (...args: string[]) => {
      const { stdout } = await run('lr-llm', ['--url', server.url, '--json', ...args, 'hi'])
      return (JSON.parse(stdout) as { usage: { cost: number | null } }).usage.cost
    }
    expect(await costOf('--price', '1,2')).toBe(0.005)
    expect(await costOf()).toBeNull()
  })
})

describe('--cache', () => {
  test('a complete answer is requested once; another address, option or prompt is another request', async () => {
    using folder = tempFolder()
    const counting: Handler = (response, received, count) =>
      send(200, chatStream([`answer ${count}`]))(response, received, count)
    await using server = await serve(counting)
    const ask = async (...args: string[]) => {
      const ran = await run('lr-llm', ['--url', server.url, '--cache', 'c', ...args], { cwd: folder.path })
      return ran.stdout
    }
    expect(await ask('hi')).toBe('answer 1\n')
    expect(await ask('hi')).toBe('answer 1\n')
    expect(await ask('hi', '-t', '0.5')).toBe('answer 2\n')
    expect(await ask('ho')).toBe('answer 3\n')
    expect(await ask('hi', '--url', `${server.url}/other`)).toBe('answer 4\n')
    expect(await ask('hi')).toBe('answer 1\n')
  })

  test('an incomplete answer is not cached', async () => {
    using folder = tempFolder()
    await using server = await serve((response, received, count) =>
      send(200, chatStream(['x'], count === 1 ? 'length' : 'stop'))(response, received, count),
    )
    const args = ['--url', server.url, '--cache', 'c', 'hi']
    expect(await run('lr-llm', args, { cwd: folder.path })).toMatchObject({ status: 5 })
    expect(await run('lr-llm', args, { cwd: folder.path })).toMatchObject({ status: 0, stdout: 'x\n' })
  })
})

test('--history continues a conversation, and keeps only complete answers', async () => {
  using folder = tempFolder()
  await using server = await serve((response, received, count) =>
    send(200, chatStream([`a${count}`], count === 2 ? 'length' : 'stop'))(response, received, count),
  )
  const ask = (prompt: string) =>
    run('lr-llm', ['--url', server.url, '--history', 'talk', '-s', 'sys', prompt], { cwd: folder.path })
  expect(await ask('q1')).toMatchObject({ status: 0, stdout: 'a1\n' })
  expect(await ask('lost')).toMatchObject({ status: 5 })
  expect(await ask('q2')).toMatchObject({ status: 0, stdout: 'a3\n' })
  const { messages } = JSON.parse(server.received[2]?.body ?? '') as { messages: { content: string }[] }
  expect(messages.map(({ content }) => content)).toEqual(['sys', 'q1', 'a1', 'q2'])
  expect(statSync(join(folder.path, 'talk')).mode & 0o777).toBe(0o600)
  writeFileSync(join(folder.path, 'talk'), '<<<< user <<<<\nopen')
  expect(await ask('q3')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('talk: ') })
})

test.each([
  { what: 'a file that is yet to be made', history: 'talk', status: 5 },
  { what: 'a folder', history: 'folder', status: 2 },
  { what: 'a folder that does not exist', history: 'none/talk', status: 3 },
])('--history FILE: $what is not made without an answer', async ({ history, status }) => {
  using folder = tempFolder({ 'folder/x': '' })
  await using server = await serve(send(200, chatStream(['cut'], 'length')))
  const ran = await run('lr-llm', ['--url', server.url, '--history', history, 'q'], { cwd: folder.path })
  expect(ran).toMatchObject({ status, stdout: '' })
  expect(existsSync(join(folder.path, 'talk'))).toBe(false)
  expect(server.received.length).toBe(status === 5 ? 1 : 0)
})

test('-n leaves standard input to a loop that reads it', async () => {
  const { stdout } = await bash(`printf '%s\\n' a b | while read -r line; do lr-llm -n -m exec:cat "$line"; done`, {})
  expect(stdout).toBe('a\nb\n')
})

describe('acceptance 4: byte-exact in a pipe', () => {
  test('a producer that is slow is waited for', async () => {
    await using server = await serve((response, { body }) => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] }
      response.end(chatStream([messages[0]?.content ?? '']))
    })
    using folder = tempFolder()
    // It speaks only once it has been told to.
    const producer = '(until grep -q "waiting for the end of standard input" err; do sleep 0.1; done; echo X)'
    const ran = await bash(`touch err; ${producer} | lr-llm --url ${server.url} -- fix 2> err`, { cwd: folder.path })
    expect(ran).toMatchObject({ status: 0, stdout: 'fix\n\nX\n' })
  })

  test('50 MB in, 5 MB out through a slow reader', async () => {
    using folder = tempFolder({ in: 'äöü line\r\n'.repeat(50e6 / 13) })
    const answer = 'x\u{1F600}\n'.repeat(5e6 / 6)
    let length = 0
    await using server = await serve((response, { body }) => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] }
      length = Buffer.byteLength(messages[0]?.content ?? '')
      response.end(chatStream(answer.match(/.{1,50000}/gsu) ?? []))
    })
    const slow = `| (sleep 1; head -c 100000; sleep 1; cat) > out`
    const ran = await bash(`lr-llm --url ${server.url} < in ${slow}; echo "\${PIPESTATUS[0]}"`, { cwd: folder.path })
    expect(ran.stdout).toBe('0\n')
    expect(length).toBe(statSync(join(folder.path, 'in')).size)
    expect(readFileSync(join(folder.path, 'out'), 'utf8') === answer).toBe(true)
  })

  test('a reader that goes away ends it in silence, a full disk does not', async () => {
    await using server = await serve(send(200, chatStream(['x\n'.repeat(1e6)])))
    const closed = await bash(`lr-llm -q --url ${server.url} hi | head -1; echo "\${PIPESTATUS[0]}"`)
    expect(closed).toMatchObject({ stdout: 'x\n141\n', stderr: '' })
    const full = await bash(`lr-llm -q --url ${server.url} hi > /dev/full`)
    expect(full).toMatchObject({ status: 3, stderr: 'lr-llm: standard output: no space left on device\n' })
  })

  test('what is no text is refused with its place', async () => {
    const ran = await run('lr-llm', ['--url', 'http://127.0.0.1:1'], { stdin: Buffer.from([0x61, 0xff]) })
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('byte 1 is not UTF-8') })
  })
})
