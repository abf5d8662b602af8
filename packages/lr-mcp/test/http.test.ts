import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { execa } from 'execa'
import { BIN, run } from '@loop-runner/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALLOWED, BROKEN, CHECK, connect, environmentIn, MODEL, project } from './support/connect.ts'

const TOKEN = 'a-token-of-this-test'

/** Starts a server on a free port. */
async function serve(folder: { path: string; home: string }, args: readonly string[]) {
  const server = execa(join(BIN, 'lr-mcp'), ['--http=0', ALLOWED, ...args], {
    cwd: folder.path,
    env: environmentIn(folder.home),
    extendEnv: false,
    reject: false,
    stderr: 'ignore',
  })
  const address = new Promise<string>((resolve) => createInterface({ input: server.stdout }).once('line', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    const { signal } = await server
    return signal
  }
  return { address: new URL(await address), stop }
}

function send(address: URL, headers: Record<string, string>, { method = 'POST', body = '{}', path = '/mcp' } = {}) {
  return new Promise<number>((resolve, reject) => {
    const sent = request({ host: address.hostname, port: address.port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

describe('over HTTP', () => {
  const folder = project({ ...BROKEN, '.token': `${TOKEN}\n` })
  let server: Awaited<ReturnType<typeof serve>> | undefined
  const address = () => server?.address ?? new URL('http://none')
  beforeAll(async () => {
    server = await serve(folder, [MODEL, '--token-file=.token'])
  })
  afterAll(async () => {
    expect(await server?.stop()).toBe('SIGTERM')
    folder[Symbol.dispose]()
  })

  test.each<
    [
      what: string,
      headers: Record<string, string>,
      rest: { method?: string; body?: string; path?: string },
      status: number,
    ]
  >([
    ['no token', {}, {}, 401],
    ['a wrong token', { authorization: 'Bearer x' }, {}, 401],
    ['a wrong token in the address', {}, { path: '/mcp?token=x' }, 401],
    ['a rebound name as host', { authorization: `Bearer ${TOKEN}`, host: 'evil.example' }, {}, 403],
    ['another port as host', { authorization: `Bearer ${TOKEN}`, host: '127.0.0.1:1' }, {}, 403],
    ['another origin', { authorization: `Bearer ${TOKEN}`, origin: 'http://evil.example' }, {}, 403],
    ['a null origin', { authorization: `Bearer ${TOKEN}`, origin: 'null' }, {}, 403],
    ['another path', { authorization: `Bearer ${TOKEN}` }, { path: '/' }, 404],
    ['an odd path', { authorization: `Bearer ${TOKEN}` }, { path: '//' }, 404],
    ['PUT', { authorization: `Bearer ${TOKEN}` }, { method: 'PUT' }, 405],
    ['no JSON', { authorization: `Bearer ${TOKEN}` }, { body: '{' }, 400],
    ['no session', { authorization: `Bearer ${TOKEN}` }, {}, 400],
    ['a session that has ended', { authorization: `Bearer ${TOKEN}`, 'mcp-session-id': 'x' }, {}, 404],
    ['the token in the address', {}, { path: `/mcp?token=${TOKEN}` }, 400],
  ])('%s: %s', async (_what, headers, rest, status) => {
    expect(await send(address(), headers, rest)).toBe(status)
  })

  test.each([
    ['{', -32_700],
    ['{}', -32_000],
  ])('the body %j: error %i', async (body, code) => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const response = await fetch(address(), { method: 'POST', headers, body })
    expect(await response.json()).toMatchObject({ error: { code } })
  })

  test('a body over 4 MiB is refused', async () => {
    const body = `"${'x'.repeat(5 << 20)}"`
    const sent = send(address(), { authorization: `Bearer ${TOKEN}` }, { body }).catch(() => 'closed')
    expect([413, 'closed']).toContain(await sent)
  })

  test('two clients at once: a check, and a loop with progress', async () => {
    const requestInit = { headers: { authorization: `Bearer ${TOKEN}` } }
    const transport = () => new StreamableHTTPClientTransport(address(), { requestInit })
    await using one = await connect(transport())
    await using two = await connect(transport())
    expect((await one.call('check')).report).toMatchObject({ exitCode: 1 })
    const progress: string[] = []
    const fixed = await two.call(
      'fix',
      { sources: ['a.txt'], noGit: true },
      { onProgress: (text) => progress.push(text) },
    )
    expect(fixed.report).toMatchObject({ exitCode: 0, check: CHECK.join(' ') })
    expect(progress.at(-1)).toBe('ended: passed')
    expect((await one.call('check')).report).toMatchObject({ exitCode: 0 })
  })
})

test('a random token is in the address; the loop of a client whose connection closes ends resumable', async () => {
  using folder = project(BROKEN)
  const server = await serve(folder, ['--model=exec:sleep 600'])
  try {
    expect(server.address.searchParams.get('token')).toMatch(/^[\w-]{32}$/)
    const client = await connect(new StreamableHTTPClientTransport(server.address))
    let fixing: Promise<unknown> | undefined
    await new Promise<void>((resolve) => {
      const onProgress = (text: string) => void (text.startsWith('llm') && resolve())
      fixing = client.call('fix', { sources: ['a.txt'], noGit: true }, { onProgress }).catch(() => 'gone')
    })
    await client.client.close()
    expect(await fixing).toBe('gone')
    let state = ''
    for (let tries = 0; tries < 300 && state !== 'interrupted'; tries++) {
      await setTimeout(200)
      const { stdout } = await run('lr-loop', ['runs', '--json'], { env: environmentIn(folder.home) })
      state = (JSON.parse(stdout) as { state: string }).state
    }
    expect(state).toBe('interrupted')
  } finally {
    await server.stop()
  }
})
