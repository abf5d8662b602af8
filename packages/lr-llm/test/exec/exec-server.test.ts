import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { startService } from '../support/start-service.ts'

/** Answers by what the prompt says. */
const SERVER = `
const { appendFileSync } = require('node:fs')
const { createInterface } = require('node:readline')
process.on('SIGTERM', () => process.exit())
process.on('exit', () => appendFileSync('trace', 'ended '))
appendFileSync('trace', 'started ')
let count = 0
process.stderr.write('started\\n')
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, messages, ...options } = JSON.parse(line)
  const print = (response) => console.log(JSON.stringify({ id, ...response }))
  const prompt = messages.at(-1).content
  count++
  if (prompt === 'options') print({ text: JSON.stringify({ ...options, roles: messages.map(({ role }) => role) }) })
  else if (prompt === 'pieces') ['a', 'b'].forEach((delta) => print({ delta })), print({ done: true, usage: { input: 3, output: 2 } })
  else if (prompt === 'error') print({ error: 'no room', kind: 'overload' })
  else if (prompt === 'length') print({ text: 'half', finish: 'length' })
  else if (prompt === 'empty') print({ done: true })
  else if (prompt === 'junk') console.log('junk')
  else if (prompt === 'other') print({ id: 99, text: 'x' })
  else if (prompt === 'nulls') print({ delta: 'a', text: null, error: null }), print({ delta: null, text: 'a b', error: null })
  else if (prompt === 'other name') print({ answer: 'x' })
  else if (prompt === 'die') process.exit(6)
  else if (prompt === 'long') console.log('x'.repeat(2000))
  else if (prompt === 'no id') console.log(JSON.stringify({ text: 'one' }))
  else if (prompt !== 'hang') setTimeout(() => print({ text: count + ' ' + prompt + ' ' + process.pid + ' ' + (process.env.GROQ_API_KEY ?? '') }), 50)
})
`

const MODEL = ['-m', 'exec-server:node server.cjs']

test.each([
  { prompt: 'pieces', status: 0, stdout: 'ab\n', says: '' },
  { prompt: 'no id', status: 0, stdout: 'one\n', says: '' },
  { prompt: 'error', status: 4, stdout: '', says: 'exec-server: no room' },
  { prompt: 'length', status: 5, stdout: '', says: 'truncated' },
  { prompt: 'empty', status: 5, stdout: '', says: 'the answer is empty' },
  { prompt: 'junk', status: 5, stdout: '', says: 'not a JSON object: junk' },
  { prompt: 'other', status: 5, stdout: '', says: 'a request that it was not sent' },
  { prompt: 'nulls', status: 0, stdout: 'a b\n', says: '' },
  { prompt: 'other name', status: 5, stdout: '', says: 'prints a line without "text", "delta", "done" or "error"' },
  { prompt: 'die', status: 6, stdout: '', says: 'ended with exit code 6: started' },
  { prompt: 'long', args: ['--max-answer-bytes', '1000'], status: 5, stdout: '', says: 'more than 1000 bytes' },
  { prompt: 'hang', args: ['--timeout', '2'], status: 4, stdout: '', says: 'no complete answer within 2 s' },
])('$prompt: exit code $status', async ({ prompt, args = [], status, stdout, says }) => {
  using folder = tempFolder({ 'server.cjs': SERVER })
  const ran = await run('lr-llm', ['-q', ...args, ...MODEL, prompt], { cwd: folder.path })
  expect(ran).toMatchObject({ status, stdout, stderr: expect.stringContaining(says) })
})

test('it gets messages and options, and no keys', async () => {
  using folder = tempFolder({ 'server.cjs': SERVER })
  const env = { GROQ_API_KEY: 'gsk-canary-0123456789' }
  const ask = (...args: string[]) => run('lr-llm', ['-q', ...MODEL, ...args], { cwd: folder.path, env })
  const { stdout } = await ask('-s', 'sys', '-t', '0.5', '--max-tokens', '9', '--seed', '7', 'options')
  expect(JSON.parse(stdout)).toEqual({
    temperature: 0.5,
    max_tokens: 9,
    seed: 7,
    roles: ['system', 'user'],
  })
  expect((await ask('key')).stdout).not.toContain('canary')
})

test.each([
  { args: ['-m', 'exec-server:'], says: 'which command? (exec-server:COMMAND)' },
  { args: [...MODEL, '--body', 'a=1'], says: 'a command has no request body' },
])('lr-llm $args: exit code 2', async ({ args, says }) => {
  expect(await run('lr-llm', [...args, 'x'])).toMatchObject({ status: 2, stderr: expect.stringContaining(says) })
})

test('an lr.yaml that is not trusted cannot start it', async () => {
  using folder = tempFolder({ 'lr.yaml': 'model: "exec-server:touch ran"\n' })
  const ran = await run('lr-llm', ['x'], { cwd: folder.path })
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('lr-loop trust') })
})

test('a conversation has one process; after a failure it is started again', async () => {
  using folder = tempFolder({ 'server.cjs': SERVER })
  const stdin = 'one\ntwo\n'
  const { stdout } = await run('lr-llm', ['-q', 'chat', ...MODEL], { cwd: folder.path, stdin })
  const words = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '))
  expect(words.map(([count, prompt]) => `${count} ${prompt}`)).toEqual(['1 one', '2 two'])
  expect(words[0]?.[2]).toBe(words[1]?.[2])
})

test('a service has one process for requests at the same time', async () => {
  using folder = tempFolder({ 'server.cjs': SERVER })
  await using service = await startService(['-C', folder.path, ...MODEL])
  const ask = (prompt: string) => run('lr-llm', ['-q', '--url', service.url, prompt])
  const answers = await Promise.all(['a', 'b', 'c'].map(ask))
  const words = answers.map(({ stdout }) => stdout.trim().split(' '))
  expect(words.map(([, prompt]) => prompt)).toEqual(['a', 'b', 'c'])
  expect(new Set(words.map(([, , pid]) => pid)).size).toBe(1)
  expect(await ask('die')).toMatchObject({ stdout: '' })
  expect((await ask('again')).stdout).toMatch(/^1 again/)
  const trace = () => readFileSync(join(folder.path, 'trace'), 'utf8').trim()
  expect(trace()).toBe('started ended started')
  await service.stop()
  expect(trace()).toBe('started ended started ended')
})
