import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { FAULTS } from '../support/faults.ts'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'

describe.concurrent('acceptance 8: a run that was recorded is the same offline: standard output, exit code, last message', () => {
  test.each(FAULTS.filter(({ args }) => args === undefined))('$name', async ({ api = 'openai-chat', handler }) => {
    using folder = tempFolder()
    await using server = await serve(handler)
    const common = ['-q', '--usage', '--json', '-s', 'sys', '-t', '0.5', 'hi']
    const live = ['--url', server.url, '--api', api, '-m', 'm', '--retries', '0', '--record', 'r']
    const first = await run('lr-llm', [...live, ...common], { cwd: folder.path })
    const asked = server.received.length
    const second = await run('lr-llm', ['--replay', 'r', ...common], { cwd: folder.path })
    expect(second).toEqual(first)
    expect(server.received.length).toBe(asked)
  })
})

test('an answer with its usage block is the same to the byte', async () => {
  using folder = tempFolder()
  await using server = await serve(send(200, chatStream(['  an\u{1F600}swer\n\n'])))
  const live = await run('lr-llm', ['--url', server.url, '--record', 'r', '--usage', 'hi'], { cwd: folder.path })
  const offline = await run('lr-llm', ['-m', 'replay:r', '--usage', 'hi'], { cwd: folder.path })
  expect(offline).toMatchObject({ status: 0, stdout: live.stdout })
})

test('records are matched by messages and options; the last one counts; another request has none', async () => {
  using folder = tempFolder()
  await using server = await serve((response, received, count) =>
    send(200, chatStream([`a${count}`]))(response, received, count),
  )
  const live = (...args: string[]) =>
    run('lr-llm', ['--url', server.url, '--record', 'r', ...args], { cwd: folder.path })
  const offline = async (...args: string[]) => {
    const { status, stdout } = await run('lr-llm', ['--replay', 'r', ...args], { cwd: folder.path })
    return `${status} ${stdout}`
  }
  await live('hi')
  await live('hi', '-t', '1')
  await live('hi')
  expect(await offline('hi')).toBe('0 a3\n')
  expect(await offline('hi', '-t', '1')).toBe('0 a2\n')
  expect(await offline('hi', '-t', '0')).toBe('3 ')
  expect(await offline('ho')).toBe('3 ')
})

test('--replay-order takes them in order, by LR_ITERATION where it is set', async () => {
  using folder = tempFolder()
  await using server = await serve((response, received, count) =>
    send(200, chatStream([`a${count}`]))(response, received, count),
  )
  for (const prompt of ['one', 'two']) {
    await run('lr-llm', ['--url', server.url, '--record', 'r', prompt], { cwd: folder.path })
  }
  const offline = async (env: Record<string, string> = {}) => {
    const args = ['--replay', 'r', '--replay-order', 'anything']
    const { status, stdout } = await run('lr-llm', args, {
      cwd: folder.path,
      env: { XDG_STATE_HOME: folder.path, ...env },
    })
    return `${status} ${stdout}`
  }
  expect(await offline({ LR_ITERATION: '2' })).toBe('0 a2\n')
  expect([await offline(), await offline(), await offline(), await offline()]).toEqual([
    '0 a1\n',
    '0 a2\n',
    '3 ',
    '0 a1\n',
  ])
})

test('where the place in a folder of replies cannot be kept, that is said', async () => {
  using folder = tempFolder({ 'r/1.txt': 'one\n' })
  const ran = await run('lr-llm', ['-m', 'replay:r', 'hi'], { cwd: folder.path, env: { XDG_STATE_HOME: '/dev/null' } })
  expect(ran).toMatchObject({
    status: 3,
    stdout: '',
    stderr: expect.stringContaining('the position in the replies') as string,
  })
})

test('a record holds no secrets and is for its owner only', async () => {
  using folder = tempFolder()
  const env = { GROQ_API_KEY: 'gsk-canary-1', OTHER_TOKEN: 'canary-token-2', HARMLESS: 'plain-value-3' }
  await using server = await serve(send(200, chatStream(['it is gsk-canary-1, canary-token-2, plain-value-3'])))
  const args = ['--url', server.url, '--record', 'r', '--header', 'x-key: canary-header-4', '--key-env', 'OTHER_TOKEN']
  await run('lr-llm', [...args, 'say gsk-canary-1 and canary-header-4'], { cwd: folder.path, env })
  const path = join(folder.path, 'r')
  expect(readFileSync(path, 'utf8')).not.toMatch(/canary/)
  expect(readFileSync(path, 'utf8')).toContain('plain-value-3')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  // Requests are matched by a digest, so a recording without the secret is still found.
  const offline = await run('lr-llm', ['--replay', 'r', 'say gsk-canary-1 and canary-header-4'], { cwd: folder.path })
  expect(offline).toMatchObject({ status: 0, stdout: 'it is [key], [key], plain-value-3\n' })
})

test.each([
  {
    title: 'an invalid line',
    line: '{"a":1}\n',
    says: /r: line 1 is not a recorded request \(a file is what --record wrote; plain replies stand in a folder/,
  },
  { title: 'no file', line: undefined, says: /r: no such file/ },
  { title: 'a folder without replies', line: undefined, name: 'r/notes.md', says: /r: 1\.txt is missing \(/ },
])('$title is 3', async ({ line, name, says }) => {
  using folder = tempFolder(name === undefined ? {} : { [name]: '' })
  if (line !== undefined) appendFileSync(join(folder.path, 'r'), line)
  const ran = await run('lr-llm', ['-q', '--replay', 'r', 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(says) })
})
