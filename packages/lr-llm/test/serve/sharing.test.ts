import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, type Handler, send, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'
import { serveLimited, usageEvent } from '../support/limited-server.ts'
import { startService } from '../support/start-service.ts'

const NAMES = Array.from({ length: 20 }, (_, index) => `loop-${index}`)
const ANSWER = chatStream(['ok'], 'stop', usageEvent(1000, 1000))

interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function ask(url: string, { token = 'none', content = 'hi', stream = false } = {}): Promise<Asked> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const body = JSON.stringify({ messages: [{ role: 'user', content }], stream })
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

function readLines(path: string): Record<string, unknown>[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Polls until the condition holds; the test's own time limit ends it. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function gauge(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}

const WINDOW_MS = 1500

describe('20 loops at a server that allows 30 requests in a window', () => {
  test.each([
    { title: 'with its limit named', limits: ['--rpm', '30', '--rate-window', `${WINDOW_MS}ms`] },
    { title: 'with its limit unknown', limits: [] },
  ])('$title: no 429 reaches a loop, and waits are fair', async ({ limits }) => {
    using folder = tempFolder({ clients: NAMES.map((name) => `${name} token-of-${name}\n`).join('') })
    await run('chmod', ['600', 'clients'], { cwd: folder.path })
    await using upstream = await serveLimited(30, WINDOW_MS)
    const log = join(folder.path, 'log')
    const args = ['-m', 'groq/m', '--url', upstream.url, '--clients', join(folder.path, 'clients'), '--log', log]
    await using service = await startService(['-q', ...args, ...limits])
    const loop = async (name: string) => {
      const statuses: number[] = []
      for (let round = 0; round < 4; round++) {
        statuses.push((await ask(service.url, { token: `token-of-${name}` })).status)
      }
      return statuses
    }
    expect((await Promise.all(NAMES.map(loop))).flat()).toEqual(Array.from({ length: 80 }, () => 200))
    const waits = NAMES.map((name) =>
      readLines(log)
        .filter(({ client }) => client === name)
        .reduce((sum, { wait_ms: wait }) => sum + Number(wait), 0),
    )
    // On a machine so busy that the limit is not reached, requests wait for a moment at most.
    const longest = Math.max(...waits)
    expect(longest < WINDOW_MS || longest < 3 * median(waits), waits.join(' ')).toBe(true)
    expect(upstream.received.length - upstream.rejected()).toBe(80)
  })

  test('as lr-llm processes', async () => {
    await using upstream = await serveLimited(10, 1000)
    await using service = await startService(['-q', '-m', 'groq/m', '--url', upstream.url])
    const args = ['-q', '--retries', '0', '--url', service.url, 'hi']
    const ran = await Promise.all(NAMES.map(() => run('lr-llm', args)))
    expect(ran.map(({ status, stdout }) => `${status} ${stdout}`)).toEqual(NAMES.map(() => '0 ok\n'))
  })
})

test('a limit that resets after --wait-limit is reported at once, with Retry-After', async () => {
  await using upstream = await serve(
    send(429, '{"error":{"message":"Rate limit reached"}}', { 'retry-after': '18000' }),
  )
  await using service = await startService(['-q', '-m', 'groq/m', '--url', upstream.url])
  const { status, headers } = await ask(service.url)
  expect({ status, wait: Number(headers.get('retry-after')) > 17_000 }).toEqual({ status: 429, wait: true })
  await ask(service.url)
  expect(upstream.received).toHaveLength(1)
})

test('after a pause one request is sent, and the others follow when it is accepted', async () => {
  const pending: (() => void)[] = []
  await using upstream = await serve((response, received, count) => {
    if (count === 1) return send(429, '{}', { 'retry-after-ms': '50' })(response, received, count)
    pending.push(() => response.end(ANSWER))
  })
  await using service = await startService(['-q', '-m', 'groq/m', '--url', upstream.url])
  const first = ask(service.url)
  await until(async () => upstream.received.length === 2)
  const others = [ask(service.url), ask(service.url)]
  await until(async () => (await gauge(service.url, 'lr_llm_waiting')) === 2)
  expect(upstream.received).toHaveLength(2)
  pending[0]?.()
  expect((await first).status).toBe(200)
  await until(() => pending.length === 3)
  for (const release of pending) release()
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200])
})

describe('a budget for all', () => {
  const BUDGET = ['-q', '-m', 'groq/m', '--price', '1,1', '--max-cost', '0.01']

  test('holds over kill -9 and restarts, to the last finished answer', async () => {
    using folder = tempFolder()
    const ledger = join(folder.path, 'ledger')
    await using upstream = await serve(send(200, ANSWER))
    const args = [...BUDGET, '--ledger', ledger, '--url', upstream.url]
    // An answer costs 0.002 USD.
    for (const expected of [
      [200, 200],
      [200, 200],
      [200, 402],
    ]) {
      await using service = await startService(args)
      const statuses = [(await ask(service.url)).status, (await ask(service.url, { stream: true })).status]
      await service.stop('SIGKILL')
      expect(statuses).toEqual(expected)
    }
    const spent = readLines(ledger).reduce((sum, { cost }) => sum + Number(cost), 0)
    expect(spent).toBeCloseTo(0.01, 6)
    expect(statSync(ledger).mode & 0o777).toBe(0o600)
    expect(upstream.received).toHaveLength(5)
  })

  test('is never exceeded by requests at the same time, whose answers get a limit of tokens', async () => {
    using folder = tempFolder()
    /** Writes as much as it may. */
    await using upstream = await serve((response, { body }) => {
      const { max_completion_tokens: limit = 4000 } = JSON.parse(body) as { max_completion_tokens?: number }
      const used = Math.min(limit, 4000)
      response.end(chatStream(['ok'], used === limit ? 'length' : 'stop', usageEvent(10, used)))
    })
    const ledger = join(folder.path, 'ledger')
    await using service = await startService([...BUDGET, '--ledger', ledger, '--url', upstream.url])
    const asked = await Promise.all(NAMES.map((content) => ask(service.url, { content })))
    const statuses = asked.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(2)
    expect(statuses.filter((status) => status === 402)).toHaveLength(18)
    const spent = readLines(ledger).reduce((sum, { cost }) => sum + Number(cost), 0)
    expect(spent).toBeLessThanOrEqual(0.01)
    expect(spent).toBeGreaterThan(0.008)
  })

  test('counts an answer without usage, and one that broke off, by an estimate', async () => {
    using folder = tempFolder()
    const ledger = join(folder.path, 'ledger')
    await using upstream = await serve((response, received, count) =>
      send(200, chatStream(['x'.repeat(400)], count === 1 ? 'stop' : null, count === 1 ? '[DONE]' : ''))(
        response,
        received,
        count,
      ),
    )
    await using service = await startService([...BUDGET, '--retries', '0', '--ledger', ledger, '--url', upstream.url])
    expect([(await ask(service.url)).status, (await ask(service.url)).status]).toEqual([200, 502])
    const line = { client: 'anonymous', model: 'groq/m', input: 1, output: 100, cost: 0.000101, estimated: true }
    expect(readLines(ledger)).toEqual([expect.objectContaining(line), expect.objectContaining(line)])
  })

  test('a ledger that cannot be written: the answer is sent, later ones are refused until its charge is written', async () => {
    using folder = tempFolder()
    const ledger = join(folder.path, 'ledger')
    await using upstream = await serve(send(200, ANSWER))
    await using service = await startService([...BUDGET.slice(1), '--ledger', ledger, '--url', upstream.url])
    await run('sh', ['-c', 'rm ledger; ln -s missing/file ledger'], { cwd: folder.path })
    expect((await ask(service.url)).status).toBe(200)
    const refused = await ask(service.url)
    expect(refused.status).toBe(503)
    expect(refused.text).toContain(`${ledger}: no such file or directory (the service needs its ledger`)
    await until(() => service.errors.join('\n').includes(`503 (overload: ${ledger}: `))
    await run('rm', [ledger])
    expect((await ask(service.url)).status).toBe(200)
    expect(readLines(ledger).map(({ cost }) => cost)).toEqual([0.002, 0.002])
    expect(upstream.received).toHaveLength(2)
  })

  test.each([
    { title: 'no price', args: ['--max-cost', '1'], status: 2, says: /price of groq\/m is not known/ },
    {
      title: 'another file as the ledger',
      args: ['--ledger', 'notes'],
      status: 3,
      says: /notes: line 1 is not a ledger entry/,
    },
  ])('$title is refused at the start', async ({ args, status, says }) => {
    using folder = tempFolder({ notes: 'buy milk\n' })
    const ran = await run('lr-llm', ['serve', '-m', 'groq/m', '--port', '0', ...args], { cwd: folder.path })
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string })
  })

  test('is kept in the state folder if no ledger is named; a part of a line is ignored', async () => {
    using folder = tempFolder({ 'loop-runner/ledger.jsonl': '{"lr-llm-ledger":1,"cost":0.009}\n{"lr-llm-led' })
    await using upstream = await serve(send(200, ANSWER))
    const env = { XDG_STATE_HOME: folder.path }
    await using service = await startService([...BUDGET.slice(1), '--url', upstream.url], env)
    expect(service.errors.join('\n')).toContain('0.0090 of 0.01 USD are spent')
    await ask(service.url)
    expect((await run('lr-llm', ['-q', '--url', service.url, 'hi'])).status).toBe(7)
  })
})

describe('clients', () => {
  test('have a token each, and a list of them changes while the service runs', async () => {
    using folder = tempFolder({ list: '# team\nann token-a\n', token: 'token-b\n' })
    await run('chmod', ['600', 'list', 'token'], { cwd: folder.path })
    const path = (name: string) => join(folder.path, name)
    const args = ['--clients', path('list'), '--client', `bob=file:${path('token')}`, '--client', 'cem=env:CEM']
    const env = { CEM: 'token-c', XDG_STATE_HOME: folder.path }
    await using service = await startService(['-m', 'exec:cat', ...args, '--client', 'dee', '--log', path('log')], env)
    const made = readFileSync(path('loop-runner/clients/dee.token'), 'utf8').trim()
    const statuses = async (...tokens: string[]) =>
      Promise.all(tokens.map(async (token) => (await ask(service.url, { token })).status))
    expect(await statuses('token-a', 'token-b', 'token-c', made)).toEqual([200, 200, 200, 200])
    expect(await statuses('token-x', 'ann', '')).toEqual([401, 401, 401])
    writeFileSync(path('list'), 'ann token-new\neve token-e\n')
    expect(await statuses('token-a', 'token-new', 'token-e')).toEqual([401, 200, 200])
    writeFileSync(path('list'), 'three words here\n')
    expect(await statuses('token-new', 'token-e')).toEqual([200, 200])
    expect(service.errors.join('\n')).toMatch(/list:1: expected a name and a token: the earlier tokens stay valid/)
    expect(new Set(readLines(path('log')).map(({ client }) => client))).toEqual(
      new Set(['ann', 'bob', 'cem', 'dee', 'eve', 'anonymous']),
    )
    expect(readFileSync(path('log'), 'utf8') + service.errors.join('')).not.toMatch(/token-[a-z]/)
  })

  test.each([
    { title: 'a token as an argument', args: ['--client', 'ann=s3cret'], status: 2, says: /not the token/ },
    { title: 'a path as a name', args: ['--client', '../ann'], status: 2, says: /a name has letters/ },
    {
      title: 'a name twice',
      args: ['--client', 'ann', '--client', 'ann=env:A'],
      status: 2,
      says: /ann is named twice/,
    },
    {
      title: 'a token of two clients',
      args: ['--client', 'a=env:A', '--client', 'b=env:A'],
      status: 2,
      says: /same token/,
    },
    { title: 'an empty variable', args: ['--client', 'ann=env:NONE'], status: 2, says: /NONE: not an API key/ },
    { title: 'a list that others can read', args: ['--clients', 'list'], status: 3, says: /others can read/ },
  ])('$title is refused', async ({ args, status, says }) => {
    using folder = tempFolder({ list: 'ann token\n' })
    await run('chmod', ['644', 'list'], { cwd: folder.path })
    const options = { cwd: folder.path, env: { A: 'token-of-a', XDG_STATE_HOME: folder.path } }
    const ran = await run('lr-llm', ['serve', '-q', '-m', 'exec:cat', '--port', '0', ...args], options)
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string })
    expect(ran.stderr).not.toContain('s3cret')
    expect(existsSync(join(folder.path, 'ann.token'))).toBe(false)
  })
})

test('a new key counts at once: of a file for the next request, of a command when the old one is rejected', async () => {
  using folder = tempFolder({ key: 'key-one\n' })
  await run('chmod', ['600', 'key'], { cwd: folder.path })
  let valid = 'key-one'
  const handler: Handler = (response, received, count) => {
    const isValid = received.headers.authorization === `Bearer ${valid}`
    return send(isValid ? 200 : 401, isValid ? ANSWER : '{"error":"no"}')(response, received, count)
  }
  await using upstream = await serve(handler)
  const key = join(folder.path, 'key')
  const common = ['-q', '-m', 'groq/m', '--url', upstream.url]
  await using byFile = await startService([...common, '--key-file', key])
  await using byCommand = await startService([...common, '--key-cmd', `echo x >> ${key}.runs; cat ${key}`])
  const statuses = async () => [(await ask(byFile.url)).status, (await ask(byCommand.url)).status]
  expect([await statuses(), await statuses()]).toEqual([
    [200, 200],
    [200, 200],
  ])
  valid = 'key-two'
  writeFileSync(key, 'key-two\n')
  expect(await statuses()).toEqual([200, 200])
  expect(readFileSync(`${key}.runs`, 'utf8')).toBe('x\nx\n')
})

test.each([
  {
    title: 'truncated',
    handler: send(200, chatStream(['half'], 'length')),
    status: 5,
    says: /truncated at the token limit/,
  },
  { title: 'refused', handler: send(200, chatStream(['no'], 'content_filter')), status: 5, says: /content filter/ },
  {
    title: 'too long',
    handler: send(400, '{"error":"prompt is too long: 9 tokens > 5 maximum"}'),
    status: 6,
    says: /5/,
  },
  { title: 'unauthorized', handler: send(401, '{"error":"no"}'), status: 3, says: /401/ },
  { title: 'overloaded', handler: send(529, '{}'), status: 4, says: /529/ },
])('lr-llm at a service ends as it would at its model: $title is $status', async ({ handler, status, says }) => {
  await using upstream = await serve(handler)
  await using service = await startService(['-q', '-m', 'groq/m', '--retries', '0', '--url', upstream.url])
  const ran = await run('lr-llm', ['-q', '--retries', '0', '--url', service.url, 'hi'])
  expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string })
})

test('cache and record are shared by all clients', async () => {
  using folder = tempFolder()
  await using upstream = await serve(send(200, ANSWER))
  const args = ['--cache', join(folder.path, 'cache'), '--record', join(folder.path, 'record'), '--client', 'a=env:A']
  const env = { A: 'token-a', B: 'token-b' }
  await using service = await startService(
    ['-q', '-m', 'groq/m', '--url', upstream.url, ...args, '--client', 'b=env:B'],
    env,
  )
  for (const token of ['token-a', 'token-b']) expect((await ask(service.url, { token })).status).toBe(200)
  expect(upstream.received).toHaveLength(1)
  expect(readLines(join(folder.path, 'record'))).toHaveLength(2)
})

test('/metrics has what happened, in the text format of Prometheus', async () => {
  await using upstream = await serve((response, received, count) =>
    send(count === 1 ? 400 : 200, count === 1 ? '{"error":"no"}' : ANSWER)(response, received, count),
  )
  await using service = await startService(['-q', '-m', 'groq/m', '--url', upstream.url, '--price', '1,2'])
  await ask(service.url)
  await ask(service.url, { stream: true })
  const response = await fetch(`${service.url}/metrics`)
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await response.text()
  const lines = text.trimEnd().split('\n')
  expect(
    lines.filter((line) => !/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [\d.e+-]+)$/.test(line)),
  ).toEqual([])
  expect(lines).toEqual(
    expect.arrayContaining([
      'lr_llm_requests_total{client="anonymous",status="400",error="request"} 1',
      'lr_llm_requests_total{client="anonymous",status="200",error="none"} 1',
      'lr_llm_tokens_total{client="anonymous",kind="output"} 1000',
      'lr_llm_cost_usd_total{client="anonymous"} 0.003',
      'lr_llm_first_text_seconds_count 1',
      'lr_llm_running 0',
    ]),
  )
})

test('an interrupt lets a running answer finish, and refuses those that wait', async () => {
  const pending: (() => void)[] = []
  await using upstream = await serve((response) => {
    response.writeHead(200).write(chatStream(['first '], null, ''))
    pending.push(() => response.end(chatStream(['last'])))
  })
  await using service = await startService(['-q', '-m', 'groq/m', '--url', upstream.url, '--max-concurrent', '1'])
  const running = ask(service.url, { stream: true })
  await until(() => pending.length === 1)
  const waiting = ask(service.url)
  await until(async () => (await gauge(service.url, 'lr_llm_waiting')) === 1)
  const stopped = service.stop()
  const refused = await waiting
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  pending[0]?.()
  expect((await running).text).toMatch(/last.*"stop".*\[DONE\]/s)
  expect(['SIGTERM', '143']).toContain(await stopped)
})
