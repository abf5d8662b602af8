import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'
import { expect, test } from 'vitest'
import { KEPT_CONVERSATIONS } from '../../src/conversation/conversation-files.ts'
import { runOnTerminal } from '../support/terminal.ts'

/** A folder to work in, with state of its own. */
function workFolder(files: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder(files)
  const env = { XDG_STATE_HOME: join(folder.path, 'state'), LR_LLM_KEEP_LOG: 'true' }
  const state = join(folder.path, 'state/loop-runner/conversations')
  const ask = (args: readonly string[], more: Record<string, string> = {}, cwd = folder.path) =>
    run('lr-llm', args, { cwd, env: { ...env, ...more } })
  return { path: folder.path, env, state, ask, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** Every file below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

test('-c continues the last conversation here, with its model and system prompt', async () => {
  using work = workFolder()
  await using server = await serve((response, received, count) =>
    send(200, chatStream([`a${count}`]))(response, received, count),
  )
  expect(await work.ask(['--url', server.url, '-m', 'm1', '-s', 'sys', 'q1'])).toMatchObject({ status: 0 })
  expect(await work.ask(['-c', 'q2'])).toEqual({ status: 0, stdout: 'a2\n', stderr: '' })
  await work.ask(['-c', '-s', 'other', '-m', 'm2', '--url', server.url, 'q3'])
  await work.ask(['-c', 'q4'])
  const bodies = server.received.map(
    ({ body }) => JSON.parse(body) as { model: string; messages: { content: string }[] },
  )
  const texts = bodies.map(({ model, messages }) => [model, ...messages.map(({ content }) => content)].join(' '))
  expect(texts).toEqual(['m1 sys q1', 'm1 sys q1 a1 q2', 'm2 other q1 a1 q2 a2 q3', 'm2 other q1 a1 q2 a2 q3 a3 q4'])
})

test('conversations of other folders are not continued; an id continues any', async () => {
  using work = workFolder()
  const other = join(work.path, 'other')
  mkdirSync(other)
  await work.ask(['-m', 'exec:cat', 'here'])
  const begun = await work.ask(['-c', '-m', 'exec:cat', 'there'], {}, other)
  expect(begun).toMatchObject({ status: 0, stdout: 'there\n', stderr: expect.stringContaining('a new one begins') })
  const listed = await work.ask(['log', '--here', '--json'])
  const { id } = JSON.parse(listed.stdout) as { id: string }
  const continued = await work.ask([`--continue=${id}`, 'more'], {}, other)
  expect(continued).toEqual({ status: 0, stdout: 'here\n\nhere\n\nmore\n', stderr: '' })
})

test.each([
  { args: ['-c', '--history', 'h', 'x'], says: 'cannot be combined with --history' },
  { args: ['--continue=nope', 'x'], says: 'conversation nope: not found' },
])('lr-llm $args: exit code 2', async ({ args, says }) => {
  using work = workFolder()
  const ran = await work.ask(['-m', 'exec:cat', ...args])
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(says) })
})

test('files are for their owner only, and hold no key', async () => {
  using work = workFolder()
  const key = 'gsk-canary-0123456789'
  await using server = await serve(send(200, chatStream([`your key is ${key}`])))
  await work.ask(['--url', server.url, '--key-env', 'LAB_KEY', `keep ${key}`], { LAB_KEY: key })
  const [path = ''] = filesIn(work.state)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(work.state).mode & 0o777).toBe(0o700)
  expect(readFileSync(path, 'utf8')).toContain('your key is [key]')
  expect(readFileSync(path, 'utf8')).not.toContain('canary')
})

test('an address that may hold a key is not kept', async () => {
  using work = workFolder()
  await using server = await serve(send(200, chatStream(['ok'])))
  await work.ask(['--url', `${server.url}/v1?token=canary`, 'q'])
  expect(readFileSync(filesIn(work.state)[0] ?? '', 'utf8')).not.toContain('canary')
})

test.each([
  { title: '--no-log', args: ['--no-log'], env: {} },
  { title: 'LR_LLM_NO_LOG', args: [], env: { LR_LLM_NO_LOG: 'true' } },
  { title: 'no terminal', args: [], env: { LR_LLM_KEEP_LOG: 'false' } },
  { title: '--history', args: ['--history', 'h'], env: {} },
  { title: '--dry-run', args: ['--dry-run'], env: {} },
])('nothing is kept with $title', async ({ args, env }) => {
  using work = workFolder()
  await work.ask(['-m', 'exec:cat', ...args, 'x'], env)
  expect(await work.ask(['log'])).toMatchObject({ status: 1, stdout: '' })
})

test('a failed request is not kept', async () => {
  using work = workFolder()
  expect(await work.ask(['-m', 'exec:false', 'x'])).toMatchObject({ status: 3 })
  expect(await work.ask(['log'])).toMatchObject({ status: 1, stdout: '' })
})

test('a folder that cannot be written is an error of --keep-log and -c', async () => {
  using work = workFolder({ state: 'a file' })
  const error = { status: 2, stderr: expect.stringContaining('conversations: ') as string }
  expect(await work.ask(['-m', 'exec:cat', 'x'])).toMatchObject(error)
  expect(await work.ask(['-c', '-m', 'exec:cat', 'x'], { LR_LLM_KEEP_LOG: 'false' })).toMatchObject(error)
})

const terminalTest = test.skipIf(!hasProgram('script'))

terminalTest('a call at a terminal is kept (script)', async () => {
  using work = workFolder()
  const env = { ...work.env, LR_LLM_KEEP_LOG: 'false' }
  await runOnTerminal('lr-llm -q -m exec:cat hello', [], { cwd: work.path, env })
  await runOnTerminal('lr-llm -q --no-log -m exec:cat secret', [], { cwd: work.path, env })
  await runOnTerminal("lr-llm -q -m 'exec:yes | head -c 1000001' large > /dev/null", [], { cwd: work.path, env })
  expect((await work.ask(['log', '--answer'])).stdout).toBe('hello\n')
})

terminalTest('at a terminal a folder that cannot be written loses no answer (script)', async () => {
  using work = workFolder({ state: 'a file' })
  const env = { ...work.env, LR_LLM_KEEP_LOG: 'false' }
  const { shown, status } = await runOnTerminal('lr-llm -v -m exec:cat hello', [], { cwd: work.path, env })
  expect({ shown, status }).toMatchObject({ status: 0, shown: expect.stringContaining('not kept for --continue') })
  expect(shown).toContain('hello')
})

test('the oldest conversations are removed', async () => {
  using work = workFolder()
  const folder = join(work.state, 'elsewhere')
  mkdirSync(folder, { recursive: true })
  for (let day = 1; day <= KEPT_CONVERSATIONS + 5; day++) {
    const path = join(folder, `id-${day}`)
    writeFileSync(path, '')
    utimesSync(path, day, day)
  }
  await work.ask(['-m', 'exec:cat', 'x'])
  const left = readdirSync(folder)
  expect(left).toHaveLength(KEPT_CONVERSATIONS - 1)
  expect(left).not.toContain('id-6')
  expect(left).toContain('id-7')
})

test('conversations at the same time are not mixed', async () => {
  using work = workFolder()
  await Promise.all(['a', 'b', 'c', 'd'].map((text) => work.ask(['-m', 'exec:cat', text])))
  const entries = (await work.ask(['log', '--json'])).stdout.trim().split('\n')
  const parsed = entries.map((line) => JSON.parse(line) as { id: string; answer: string })
  expect(parsed.map(({ answer }) => answer.trim()).sort()).toEqual(['a', 'b', 'c', 'd'])
  expect(new Set(parsed.map(({ id }) => id)).size).toBe(4)
})
