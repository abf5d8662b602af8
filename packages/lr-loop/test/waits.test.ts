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
})
