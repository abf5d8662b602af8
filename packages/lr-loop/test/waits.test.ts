import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import { type Handler, serve } from '@loop-runner/test-kit/server'
import type { LoopEvent } from '../src/runs/loop-event.ts'

const REPLY = { choices: [{ message: { content: '<<<< a.txt <<<<\ntwo\n>>>>>>>>\n' }, finish_reason: 'stop' }] }

/** A server that refuses the first requests in these ways. */
function refusing(...refusals: readonly { status: number; after: string }[]): Handler {
  return (response, _received, count) => {
    const refusal = refusals[count - 1]
    response.writeHead(refusal?.status ?? 200, {
      'content-type': 'application/json',
      ...(refusal ? { 'retry-after': refusal.after } : {}),
    })
    response.end(JSON.stringify(refusal ? { error: { message: 'later' } } : REPLY))
  }
}

async function loop(handler: Handler, options: readonly string[]) {
  await using server = await serve(handler)
  using folder = tempFolder({ 'a.txt': 'one\n' })
  const args = ['--no-git', '--run-dir=run', '--json-events=3', `--llm-url=${server.url}`, '-m', 'm', ...options]
  const script = `lr-loop ${args.join(' ')} a.txt -- grep -q two a.txt 3> events`
  const { status, stderr } = await bash(script, { cwd: folder.path })
  const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
  const events = read('events')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LoopEvent)
  expect(read('run/journal.jsonl')).toBe(read('events'))
  return {
    status,
    stderr,
    waits: events.filter((event) => event.event === 'waiting'),
    requests: server.received.length,
  }
}

/** Hours pass in half a second: the clock is moved on to the end of a long timer. */
const FAST_CLOCK = `const { setTimeout: start, clearTimeout: stop, Date: Real } = globalThis
const HOUR = 3600000
let skipped = 0
const now = () => Real.now() + skipped
globalThis.Date = class extends Real {
  constructor(...args) { if (args.length > 0) super(...args); else super(now()) }
  static now() { return now() }
}
const long = new Map()
const look = () => start(() => {
  const rest = Math.min(...[...long.values()].map(({ due }) => due)) - now()
  if (rest >= HOUR / 2) skipped += rest
  for (const [handle, { due, act }] of [...long]) if (due <= now()) { long.delete(handle); act() }
  if (long.size > 0) look()
}, 500)
globalThis.setTimeout = (act, ms = 0, ...args) => {
  if (ms < HOUR) return start(act, ms, ...args)
  const handle = start(() => {}, 2 ** 31 - 1)
  if (long.size === 0) look()
  long.set(handle, { due: now() + ms, act: () => { stop(handle); act(...args) } })
  return handle
}
globalThis.clearTimeout = (handle) => { long.delete(handle); stop(handle) }
`

describe('waits of lr-llm', () => {
  test('--wait-limit: a rate limit is waited for, as an event and one line', async () => {
    const { status, stderr, waits, requests } = await loop(refusing({ status: 429, after: '1' }), ['--wait-limit=10s'])
    expect({ status, requests }, stderr).toEqual({ status: 0, requests: 2 })
    expect(waits).toEqual([
      expect.objectContaining({ iteration: 1, cause: 'rate-limit', reason: 'rate-limit', seconds: 1 }) as LoopEvent,
    ])
    expect(stderr.match(/waiting 1 s for the rate limit/g)).toHaveLength(1)
    expect(stderr).toContain('lr-loop: passed')
  })

  test('a retry is an event, too', async () => {
    const { status, waits } = await loop(refusing({ status: 503, after: '0' }, { status: 503, after: '0' }), [])
    expect({ status, causes: waits.map((wait) => wait.event === 'waiting' && wait.cause) }).toEqual({
      status: 0,
      causes: ['retry', 'retry'],
    })
  })

  test('a rate limit beyond --wait-limit ends the run with exit code 4; --resume takes a new limit', async () => {
    await using server = await serve(refusing({ status: 429, after: '2' }))
    using folder = tempFolder({ 'a.txt': 'one\n', 'lr.yaml': 'llm: { retries: 0 }\n' })
    const args = ['--no-git', '--run-dir=run', `--llm-url=${server.url}`, '-m', 'm', '--wait-limit=1s']
    const first = await run('lr-loop', [...args, 'a.txt', '--', 'grep', '-q', 'two', 'a.txt'], { cwd: folder.path })
    expect(first.status, first.stderr).toBe(4)
    const resumed = await run('lr-loop', ['--resume', '--wait-limit=1m', 'run'], { cwd: folder.path })
    expect(resumed.status, resumed.stderr).toBe(0)
  })

  test('again in 5 hours: one request after them, and a run that is stopped meanwhile waits for the rest', async () => {
    await using server = await serve(refusing({ status: 429, after: '18000' }))
    using folder = tempFolder({ 'a.txt': 'one\n', 'clock.cjs': FAST_CLOCK })
    const hours = { cwd: folder.path, env: { NODE_OPTIONS: `--require ${join(folder.path, 'clock.cjs')}` } }
    const args = (name: string) => [
      '--no-git',
      `--run-dir=${name}`,
      `--llm-url=${server.url}`,
      '-m',
      'm',
      '--wait-limit=6h',
    ]
    const check = ['a.txt', '--', 'grep', '-q', 'two', 'a.txt']
    const script = `lr-loop "$@" 2> log & pid=$!; until grep -q '"waiting"' run/journal.jsonl 2> log2; do sleep 0.05; done; kill $pid; wait $pid`
    const stopped = await run('bash', ['-c', script, 'bash', ...args('run'), ...check], { cwd: folder.path })
    expect({ status: stopped.status, requests: server.received.length }).toEqual({ status: 143, requests: 1 })
    const resumed = await run('lr-loop', ['--resume', '--json', 'run'], hours)
    expect(resumed.stderr).toMatch(/^lr-loop: m: waiting (?:4 h 59|5 h 00) min more for the rate limit/m)
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(JSON.parse(resumed.stdout)).toMatchObject({ iterations: 1, usage: { calls: 1 } })
    expect(server.received).toHaveLength(2)
  })

  test('again in 5 hours, in one go: not a round, and one request after them', async () => {
    await using server = await serve(refusing({ status: 429, after: '18000' }))
    using folder = tempFolder({ 'a.txt': 'one\n', 'clock.cjs': FAST_CLOCK })
    const args = ['--no-git', '--json', `--llm-url=${server.url}`, '-m', 'm', '--wait-limit=6h', '-i1']
    const env = { NODE_OPTIONS: `--require ${join(folder.path, 'clock.cjs')}` }
    const ran = await run('lr-loop', [...args, 'a.txt', '--', 'grep', '-q', 'two', 'a.txt'], { cwd: folder.path, env })
    expect(ran.status, ran.stderr).toBe(0)
    expect(JSON.parse(ran.stdout)).toMatchObject({ iterations: 1, usage: { calls: 1 } })
    expect(server.received).toHaveLength(2)
  })
})
