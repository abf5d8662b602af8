import { request as httpRequest } from 'node:http'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { makeRunFolder, reply } from './support/run-folder.ts'
import { call, readEvents, type ServeProcess, startServe } from './support/serve-process.ts'

async function startRun(server: ServeProcess, model: string, options: object = {}): Promise<string> {
  const started = await call(server, 'POST', '/runs', {
    folder: 'tree',
    sources: ['a.txt'],
    check: ['./check.sh'],
    options: { model, 'no-canary': true, ...options },
  })
  expect(started.status, started.text).toBe(201)
  return (started.json as { id: string }).id
}

const stateOf = async (server: ServeProcess, id: string) =>
  ((await call(server, 'GET', `/runs/${id}`)).json as { state: string }).state

const withGit = describe.skipIf(!hasProgram('git'))

test.each([
  ['PUT', '/runs', 'GET, POST'],
  ['POST', '/health', 'GET'],
  ['GET', '/score', 'POST'],
  ['PATCH', '/runs/some-run', 'GET, DELETE'],
  ['DELETE', '/runs/some-run/files/a.txt', 'GET'],
])('%s %s: the answer says which methods it has', async (method, path, allow) => {
  using folder = tempFolder()
  await using server = await startServe(folder.path)
  const headers = { authorization: `Bearer ${server.token}` }
  const { status, headers: given } = await fetch(server.address + path, { method, headers })
  expect({ status, allow: given.get('allow') }).toEqual({ status: 405, allow })
})

withGit('a run (git)', () => {
  test('is started, followed over a kill of the server, and its changes are applied and undone', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    const args = ['--allow-commands', '--token-file', 'token']
    const first = await startServe(folder.path, args)
    const id = await startRun(first, folder.model, { label: '<b>label</b>' })
    const isReply = (number: number) => (event: { data: object }) =>
      'event' in event.data && event.data.event === 'replied' && Reflect.get(event.data, 'iteration') === number
    folder.go(1)
    const before = await readEvents(first, `/runs/${id}/events`, { isEnough: isReply(1) })
    await first.stop('SIGKILL')
    // The loop goes on without the server.
    folder.go(2)
    await using server = await startServe(folder.path, args)
    const after = await readEvents(server, `/runs/${id}/events`, { last: before.events.at(-1)?.id ?? '' })
    const all = await readEvents(server, `/runs/${id}/events`)
    expect(after.isOver && all.isOver).toBe(true)
    expect([...before.events, ...after.events]).toEqual(all.events)
    expect(await stateOf(server, id)).toBe('passed')

    const diff = await call(server, 'GET', `/runs/${id}/diff`)
    expect(diff.type).toContain('text/plain')
    expect((await call(server, 'GET', `/runs/${id}/files/a.txt`)).text).toBe('four\n')
    writeFileSync(join(folder.path, 'run.diff'), diff.text)
    writeFileSync(join(folder.path, 'run.patch'), (await call(server, 'GET', `/runs/${id}/patch`)).text)
    const apply = await bash(
      'git worktree add -q --detach ../other main && cd ../other && git apply ../run.diff && cat a.txt && git checkout -q a.txt && git am -q ../run.patch && cat a.txt',
      { cwd: join(folder.path, 'tree') },
    )
    expect(apply.stdout, apply.stderr).toBe('four\nfour\n')

    const undone = await call(server, 'POST', `/runs/${id}/undo`)
    expect(undone.status, undone.text).toBe(200)
    expect(readFileSync(join(folder.path, 'tree/a.txt'), 'utf8')).toBe('two\n')
    expect((await call(server, 'POST', `/runs/${id}/abandon`)).status).toBe(200)
    expect((await call(server, 'POST', `/runs/${id}/undo`)).text).toContain('HEAD is on main')
  })

  test('is interrupted when the server is stopped, and resumed', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    const args = ['--allow-commands', '--token-file', 'token']
    const first = await startServe(folder.path, args)
    const id = await startRun(first, folder.model)
    const { stderr } = await first.stop('SIGTERM')
    expect(stderr).toContain(`interrupted: ${id}`)
    folder.go(1, 2)
    await using server = await startServe(folder.path, args)
    expect(await stateOf(server, id)).toBe('interrupted')
    expect((await call(server, 'POST', `/runs/${id}/resume`)).status).toBe(200)
    expect((await readEvents(server, `/runs/${id}/events`)).isOver).toBe(true)
    expect(await stateOf(server, id)).toBe('passed')
  })

  test('is stopped by DELETE; another one is not started beyond --max-runs', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands', '--max-runs=1'])
    const id = await startRun(server, folder.model)
    const second = await call(server, 'POST', '/runs', { folder: 'tree', sources: ['a.txt'], check: ['./check.sh'] })
    expect(second.status).toBe(429)
    const stopped = await call(server, 'DELETE', `/runs/${id}`)
    expect(stopped.status, stopped.text).toBe(200)
    expect(stopped.json).toMatchObject({ id, state: 'interrupted' })
    expect((await call(server, 'DELETE', `/runs/${id}`)).status).toBe(409)
    expect(existsSync(join(folder.path, 'state/loop-runner/runs', id, 'journal.jsonl'))).toBe(true)
  })

  test('that has used its iterations is resumed with more', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands'])
    folder.go(1, 2)
    const id = await startRun(server, folder.model, { iterations: 1 })
    await readEvents(server, `/runs/${id}/events`)
    expect(await stateOf(server, id)).toBe('iterations')
    const wrong = await call(server, 'POST', `/runs/${id}/resume`, { model: 'exec:true' })
    expect(wrong.status, wrong.text).toBe(422)
    const resumed = await call(server, 'POST', `/runs/${id}/resume`, { iterations: 2 })
    expect(resumed.status, resumed.text).toBe(200)
    await readEvents(server, `/runs/${id}/events`)
    expect(await stateOf(server, id)).toBe('passed')
  })

  test('without git has a diff that git applies', async () => {
    using folder = await makeRunFolder([reply('two'), reply('four')])
    await using server = await startServe(folder.path, ['--allow-commands'])
    folder.go(1, 2)
    const id = await startRun(server, folder.model, { 'no-git': true })
    await readEvents(server, `/runs/${id}/events`)
    const diff = await call(server, 'GET', `/runs/${id}/diff`)
    mkdirSync(join(folder.path, 'copy'))
    writeFileSync(join(folder.path, 'copy/a.txt'), 'one\n')
    writeFileSync(join(folder.path, 'run.diff'), diff.text)
    const { stdout, stderr } = await bash('git apply ../run.diff && cat a.txt', { cwd: join(folder.path, 'copy') })
    expect(stdout, stderr).toBe('four\n')
    expect((await call(server, 'GET', `/runs/${id}/patch`)).status).toBe(404)
    expect((await call(server, 'POST', `/runs/${id}/undo`)).status).toBe(409)
  })
})

describe('requests that start nothing', () => {
  const exec = 'exec:true'
  const ROWS: readonly { what: string; body: object; status: number }[] = [
    { what: 'exec: model', body: { options: { model: exec } }, status: 403 },
    { what: 'exec: among models', body: { options: { models: ['groq/a', `groq/b, ${exec}`] } }, status: 403 },
    { what: 'stage command', body: { options: { llm: 'true' } }, status: 403 },
    { what: 'check stage', body: { options: { check: 'true' } }, status: 403 },
    { what: 'stop command', body: { options: { 'stop-command': ['true'] } }, status: 403 },
    { what: 'other name of an option', body: { options: { stop: ['true'] } }, status: 403 },
    { what: 'agent', body: { options: { agent: 'true' } }, status: 403 },
    { what: 'hidden check', body: { options: { confirm: 'true' } }, status: 403 },
    { what: 'API key', body: { options: { 'api-key': 'x' } }, status: 403 },
    { what: 'run folder', body: { options: { 'run-dir': '/tmp/x' } }, status: 403 },
    { what: 'configuration', body: { options: { config: '/etc/passwd' } }, status: 403 },
    { what: 'directory', body: { options: { directory: '/' } }, status: 403 },
    { what: 'inherited name', body: { options: { constructor: 'x' } }, status: 403 },
    { what: 'folder above', body: { folder: '..' }, status: 422 },
    { what: 'absolute folder', body: { folder: '/etc' }, status: 422 },
    { what: 'folder behind a link', body: { folder: 'out' }, status: 422 },
    { what: 'folder that does not exist', body: { folder: 'none' }, status: 422 },
    { what: 'absolute source', body: { sources: ['/etc/passwd'] }, status: 422 },
    { what: 'source above', body: { sources: ['a/../../b'] }, status: 422 },
    { what: 'context above', body: { options: { context: ['../secret'] } }, status: 422 },
    { what: 'NUL', body: { check: ['a\0b'] }, status: 422 },
    { what: 'wrong type', body: { sources: 'a.txt' }, status: 422 },
    { what: 'unknown field', body: { source: ['a.txt'] }, status: 422 },
    { what: 'invalid value', body: { options: { iterations: 'many' } }, status: 422 },
    { what: 'flag with a value', body: { options: { 'no-git': 'yes' } }, status: 422 },
    { what: 'nothing to change', body: { sources: [] }, status: 422 },
  ]

  test('each with its reason', async () => {
    using folder = tempFolder({ 'a.txt': 'one\n' })
    symlinkSync('/', join(folder.path, 'out'))
    await using server = await startServe(folder.path)
    for (const { what, body, status } of ROWS) {
      const refused = await call(server, 'POST', '/runs', { sources: ['a.txt'], check: ['false'], ...body })
      expect({ what, ...refused }).toMatchObject({ what, status, type: 'application/problem+json' })
    }
    const { json } = await call(server, 'POST', '/runs', { sources: 'a.txt' })
    expect(json).toMatchObject({ detail: 'sources: Invalid input: expected array, received string' })
    expect((await call(server, 'GET', '/runs')).json).toEqual({ runs: [] })
  })
})

describe('requests that are refused', () => {
  const ROWS: {
    what: string
    method?: string
    path?: string
    headers: Record<string, string>
    body?: string
    status: number
  }[] = [
    { what: 'no token', headers: {}, status: 401 },
    { what: 'wrong token', headers: { authorization: 'Bearer x' }, status: 401 },
    { what: 'wrong token in the address', path: '/?token=x', headers: {}, status: 401 },
    { what: 'wrong cookie', headers: { cookie: 'COOKIE=x' }, status: 401 },
    { what: 'token as cookie', headers: { cookie: 'COOKIE=TOKEN' }, status: 401 },
    { what: 'foreign Host', headers: { host: 'evil.example', authorization: 'Bearer TOKEN' }, status: 403 },
    {
      what: 'foreign Host with a token in the address',
      path: '/?token=TOKEN',
      headers: { host: 'evil.example' },
      status: 403,
    },
    {
      what: 'Host that begins like ours',
      headers: { host: '127.0.0.1.evil.example', authorization: 'Bearer TOKEN' },
      status: 403,
    },
    {
      what: 'address of another network as Host',
      headers: { host: '10.0.0.1', authorization: 'Bearer TOKEN' },
      status: 403,
    },
    { what: 'foreign Host at /health', path: '/health', headers: { host: 'evil.example' }, status: 403 },
    { what: 'foreign Origin', headers: { origin: 'http://evil.example', authorization: 'Bearer TOKEN' }, status: 403 },
    { what: 'Origin null', headers: { origin: 'null', authorization: 'Bearer TOKEN' }, status: 403 },
    {
      what: 'other port as Origin',
      headers: { origin: 'http://127.0.0.1:1', authorization: 'Bearer TOKEN' },
      status: 403,
    },
    {
      what: 'script of the same site',
      headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', authorization: 'Bearer TOKEN' },
      status: 403,
    },
    {
      what: 'form of another site',
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', cookie: 'COOKIE=VALUE' },
      status: 403,
    },
    { what: 'POST with a cookie and no Origin', method: 'POST', headers: { cookie: 'COOKIE=VALUE' }, status: 403 },
    {
      what: 'run that does not exist',
      path: '/runs/20260101-000000000-abcdef',
      headers: { authorization: 'Bearer TOKEN' },
      status: 404,
    },
    { what: '.. as a run', path: '/runs/..%2f..%2fetc', headers: { authorization: 'Bearer TOKEN' }, status: 404 },
    { what: '.. in a path', path: '/runs/../../etc/passwd', headers: { authorization: 'Bearer TOKEN' }, status: 404 },
    {
      what: '.. as a run of events',
      path: '/runs/%2e%2e/events',
      headers: { authorization: 'Bearer TOKEN' },
      status: 404,
    },
    { what: 'no such page', path: '/none', headers: { authorization: 'Bearer TOKEN' }, status: 404 },
    { what: 'no such method', method: 'PUT', headers: { authorization: 'Bearer TOKEN' }, status: 405 },
    {
      what: 'body of 10 MB',
      method: 'POST',
      headers: { authorization: 'Bearer TOKEN', 'content-type': 'application/json' },
      body: ' '.repeat(10e6),
      status: 413,
    },
    {
      what: 'body of 10 MB without a length',
      method: 'POST',
      headers: { authorization: 'Bearer TOKEN', 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      body: ' '.repeat(10e6),
      status: 413,
    },
    {
      what: 'body that is not JSON',
      method: 'POST',
      headers: { authorization: 'Bearer TOKEN', 'content-type': 'application/json' },
      body: '{',
      status: 400,
    },
    {
      what: 'form as JSON',
      method: 'POST',
      headers: { authorization: 'Bearer TOKEN', 'content-type': 'text/plain' },
      body: '{}',
      status: 415,
    },
  ]

  test('each with a problem', async () => {
    using folder = tempFolder()
    await using server = await startServe(folder.path)
    const { cookie, value } = await signIn(server)
    const fill = (text: string) => text.replace('TOKEN', server.token).replace('COOKIE', cookie).replace('VALUE', value)
    for (const { what, method = 'GET', path = '/runs', headers, body = '', status } of ROWS) {
      const filled = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fill(text)]))
      const response = await send(server, { method, path: fill(path), headers: filled }, body)
      expect({ what, ...response }).toMatchObject({ what, status, type: 'application/problem+json' })
    }
    expect((await call(server, 'GET', '/runs')).status).toBe(200)
  })

  test('the token in the first address becomes a cookie that scripts and other sites do not get', async () => {
    using folder = tempFolder()
    await using server = await startServe(folder.path)
    const { header, cookie, value } = await signIn(server)
    expect(header).toMatch(/; HttpOnly/)
    expect(header).toMatch(/; SameSite=Strict/)
    expect(header).not.toContain(server.token)
    const page = await send(server, {
      method: 'GET',
      path: '/runs',
      headers: { cookie: `${cookie}=${value}`, accept: 'text/html' },
    })
    expect(page.status).toBe(200)
    expect(page.policy).toContain("default-src 'none'")
    expect(page.policy).not.toMatch(/unsafe|\*/)
  })
})

async function signIn(server: ServeProcess) {
  const response = await fetch(server.firstAddress, { redirect: 'manual' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
  const header = response.headers.get('set-cookie') ?? ''
  const [, cookie = '', value = ''] = /^([^=]+)=([^;]+)/.exec(header) ?? []
  return { header, cookie, value }
}

/** fetch would not send these headers, and would resolve the path. */
function send(
  { address }: ServeProcess,
  { method, path, headers }: { method: string; path: string; headers: Record<string, string> },
  body = '',
) {
  const { hostname, port } = new URL(address)
  return new Promise<{ status: number | undefined; type: string | undefined; policy: string }>((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      response.on('error', () => {}).resume()
      resolve({
        status: response.statusCode,
        type: response.headers['content-type'],
        policy: String(response.headers['content-security-policy']),
      })
    })
    // After its response the server may close the connection before it has read a body that is too large.
    request.on('error', reject)
    request.on('socket', (socket) => socket.on('error', () => {}))
    request.end(body)
  })
}

test.each([
  { what: 'beyond loopback without a token', args: ['--host=0.0.0.0'], message: 'require a token: --token-file' },
  { what: 'a token that others can read', args: ['--token-file=open'], message: 'chmod 600' },
  { what: 'a short token', args: ['--token-file=short'], message: 'at least 16 characters' },
  { what: 'no token file', args: ['--token-file=none'], message: 'no such file' },
])('$what is invalid usage', async ({ args, message }) => {
  using folder = tempFolder({ open: 'a-token-for-the-tests', short: 'short' })
  chmodSync(join(folder.path, 'open'), 0o644)
  chmodSync(join(folder.path, 'short'), 0o600)
  const { status, stdout, stderr } = await run('lr-view', ['serve', '--port=0', ...args], { cwd: folder.path })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(message)
})

test('a port in use is exit code 3', async () => {
  using folder = tempFolder()
  await using server = await startServe(folder.path)
  const { status, stderr } = await run('lr-view', ['serve', `--port=${new URL(server.address).port}`], {
    cwd: folder.path,
  })
  expect(status).toBe(3)
  expect(stderr).toMatch(/^lr-view: 127\.0\.0\.1:\d+: .*taken/)
})
