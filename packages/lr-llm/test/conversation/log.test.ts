import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, send, serve } from '@loop-runner/test-kit/server'
import { expect, test } from 'vitest'

/** Runs lr-llm in a folder with state of its own. */
function program(folder: string) {
  return (...args: string[]) =>
    run('lr-llm', args, { cwd: folder, env: { XDG_STATE_HOME: join(folder, 'state'), LR_LLM_KEEP_LOG: 'true' } })
}

test('the newest comes first; words are searched in prompts and answers, in any case', async () => {
  using folder = tempFolder()
  const llm = program(folder.path)
  await llm('-m', 'exec:echo Lima', 'Capital of Peru?')
  await llm('-m', 'exec:echo Quito', 'Capital of\nEcuador?')
  const all = await llm('log')
  const lines = all.stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.split('\t').slice(2).join(' '))).toEqual([
    'exec Capital of Ecuador?',
    'exec Capital of Peru?',
  ])
  const found = async (...args: string[]) => (await llm('log', '--answer', ...args)).stdout
  expect(await found()).toBe('Quito\nLima\n')
  expect(await found('-n', '1')).toBe('Quito\n')
  expect(await found('capital', 'lima')).toBe('Lima\n')
  expect(await found('-n', '0', '--here', 'CAPITAL')).toBe('Quito\nLima\n')
  expect(await llm('log', 'Bolivia')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('nothing'),
  })
})

test('--full prints system prompt, prompt and answer; --id one conversation', async () => {
  using folder = tempFolder()
  const llm = program(folder.path)
  await llm('-m', 'exec:tail -n 1', '-s', 'Be brief.', 'one')
  await llm('-c', 'two')
  await llm('-m', 'exec:cat', 'three')
  const last = JSON.parse((await llm('log', '--json', 'two')).stdout) as { id: string }
  const { stdout } = await llm('log', '--full', '--id', last.id)
  expect(stdout.replaceAll(/^# .*$/gm, '#').replaceAll('\n\n', '\n')).toBe(
    ['two', 'one'].map((text) => `#\n## System\nBe brief.\n## Prompt\n${text}\n## Answer\n${text}\n`).join(''),
  )
})

test('--record searches and shows a record, failures too', async () => {
  using folder = tempFolder()
  const llm = program(folder.path)
  await using server = await serve((response, received, count) =>
    send(200, chatStream([`a${count}`], count === 2 ? 'length' : 'stop'))(response, received, count),
  )
  for (const prompt of ['q1', 'q2', 'q3']) await llm('--url', server.url, '--record', 'r.jsonl', '-s', 'sys', prompt)
  const lines = (await llm('log', '--record', 'r.jsonl')).stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.split('\t')[0])).toEqual(['3', '2', '1'])
  expect(lines[1]).toMatch(/\[.*truncated.*\] q2$/)
  expect((await llm('log', '--record', 'r.jsonl', '--id', '3', '--answer')).stdout).toBe('a3\n')
  expect((await llm('log', '--record', 'r.jsonl', '-f', 'q2')).stdout).toMatch(
    /## System\n\nsys\n\n## Prompt\n\nq2\n\n## Failed\n/,
  )
  expect(await llm('log', '--record', 'none.jsonl')).toMatchObject({ status: 2 })
  expect(await llm('log', '--record', 'r.jsonl', '--here')).toMatchObject({ status: 2 })
})

test.each(['{"other": 1}\n', 'words\n'])('a file that is not a record: %j', async (text) => {
  using folder = tempFolder({ file: text })
  const ran = await program(folder.path)('log', '--record', 'file')
  expect(ran).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('file: line 1 is not a recording'),
  })
})

test('--path prints where conversations are', async () => {
  using folder = tempFolder()
  const { stdout } = await program(folder.path)('log', '--path')
  expect(stdout).toBe(`${join(folder.path, 'state/loop-runner/conversations')}\n`)
})
