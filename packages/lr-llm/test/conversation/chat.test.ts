import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { serve } from '@loop-runner/test-kit/server'
import { expect, test } from 'vitest'
import { runOnTerminal } from '../support/terminal.ts'

const LAST_LINE = 'exec:tail -n 1'

function environmentOf(folder: string) {
  return { XDG_STATE_HOME: join(folder, 'state') }
}

test.each([
  { title: 'a line is a message', stdin: 'one\n\ntwo', stdout: 'one\ntwo\n' },
  { title: 'quotes hold several lines', stdin: '"""\na\n/quit\nb\n"""\nc\n', stdout: 'b\nc\n' },
  { title: '/quit ends it', stdin: 'one\n/quit\ntwo\n', stdout: 'one\n' },
  { title: 'an unknown command is no message', stdin: '/nope\none\n', stdout: 'one\n' },
  { title: 'a path is a message', stdin: '/usr/bin/env x\n', stdout: '/usr/bin/env x\n' },
  { title: 'nothing is a conversation, too', stdin: '', stdout: '' },
])('without a terminal: $title', async ({ stdin, stdout }) => {
  using folder = tempFolder()
  const env = environmentOf(folder.path)
  expect(await run('lr-llm', ['chat', '-m', LAST_LINE], { cwd: folder.path, env, stdin })).toMatchObject({
    status: 0,
    stdout,
  })
})

test('without a terminal the first failure ends it, with its exit code', async () => {
  using folder = tempFolder()
  const env = environmentOf(folder.path)
  const options = { cwd: folder.path, env, stdin: 'a\nb\n' }
  expect(await run('lr-llm', ['chat', '-m', 'exec:exit 5'], options)).toMatchObject({ status: 5, stdout: '' })
})

test('each message has the conversation before it; -c and --history continue it', async () => {
  using folder = tempFolder()
  const env = environmentOf(folder.path)
  const chat = (args: readonly string[], stdin: string) =>
    run('lr-llm', ['chat', ...args], { cwd: folder.path, env, stdin })
  const whole = 'exec:grep -c .'
  expect((await chat(['-m', whole], 'a\nb\n')).stdout).toBe('1\n3\n')
  expect((await chat(['-c'], 'c\n')).stdout).toBe('5\n')
  await chat(['-m', whole, '--history', 'h'], 'x\n')
  expect((await chat(['-m', whole, '--history', 'h'], 'y\n')).stdout).toBe('3\n')
  expect((await run('lr-llm', ['log', '--json'], { cwd: folder.path, env })).stdout.split('\n')).toHaveLength(4)
})

test.skipIf(!hasProgram('script'))('lines are edited and recalled, pasted ones are one message (script)', async () => {
  using folder = tempFolder()
  const { shown, status } = await runOnTerminal(
    `lr-llm chat -m '${LAST_LINE} | sed s/^/A:/'`,
    [
      ['> ', 'hellp\x7fo\r'],
      ['A:hello', '\x1b[A!\r'],
      ['A:hello!', 'p1\rp2'],
      ['p2', '\r'],
      ['A:p2', '/model exec:cat\r'],
      ['exec', 'xx\x03'],
      ['ends the conversation', '\x04'],
    ],
    { cwd: folder.path, env: environmentOf(folder.path) },
  )
  expect(status).toBe(0)
  expect(shown).not.toContain('A:p1')
  const log = await run('lr-llm', ['log', '--json'], { cwd: folder.path, env: environmentOf(folder.path) })
  const prompts = log.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { messages: { text: string }[] }).messages[0]?.text)
  expect(prompts).toEqual(['p1\np2', 'hello!', 'hello'])
})

test.skipIf(!hasProgram('script'))('Ctrl-C stops an answer and keeps the conversation (script)', async () => {
  using folder = tempFolder()
  // The second answer begins and does not end.
  await using server = await serve((response, _received, count) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const piece = (content: string, finish: string | null = null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`
    if (count === 2) response.write(piece('half an answer'))
    else response.end(`${piece(`answer ${count}`)}${piece('', 'stop')}data: [DONE]\n\n`)
  })
  const { status } = await runOnTerminal(
    `lr-llm chat --url ${server.url} --history h`,
    [
      ['> ', 'q1\r'],
      ['answer 1', 'q2\r'],
      ['half an answer', '\x03'],
      ['stopped', 'q3\r'],
      ['answer 3', '\x04'],
    ],
    { cwd: folder.path },
  )
  expect(status).toBe(0)
  const { messages } = JSON.parse(server.received[2]?.body ?? '') as { messages: { content: string }[] }
  expect(messages.map(({ content }) => content)).toEqual(['q1', 'answer 1', 'q2', 'half an answer', 'q3'])
  expect(readFileSync(join(folder.path, 'h'), 'utf8')).toContain('half an answer')
})

test.skipIf(!hasProgram('script'))('at a terminal the conversation goes on after a failure (script)', async () => {
  using folder = tempFolder()
  const { shown, status } = await runOnTerminal(
    "lr-llm chat -m 'exec:tail -n 1 | grep -v bad'",
    [
      ['> ', 'bad\r'],
      ['exit code 1', 'good\r'],
      ['good', '/quit\r'],
    ],
    { cwd: folder.path, env: environmentOf(folder.path) },
  )
  expect({ shown, status }).toMatchObject({ status: 0 })
})
