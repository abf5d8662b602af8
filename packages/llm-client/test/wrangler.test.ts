import { fileURLToPath } from 'node:url'
import { run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { chatStream, send, sendAndCut, sendPieces, serve } from '@loop-runner/test-kit/server'
import { LlmFailure, LLMWrangler } from '../src/wrangler.ts'

test('submit gives the text, ask everything', async () => {
  await using server = await serve(send(200, chatStream(['two ', 'words'])))
  await using wrangler = await LLMWrangler.create({ platform: 'groq', model: 'm', url: server.url, system: 'sys' })
  expect(await wrangler.submit('hi')).toBe('two words')
  const history = [{ role: 'user', text: 'a' } as const, { role: 'assistant', text: 'b' } as const]
  expect(await wrangler.ask('hi', { history })).toMatchObject({ text: 'two words', served: 'served', reasoning: '' })
  const { messages } = JSON.parse(server.received[1]?.body ?? '') as { messages: { content: string }[] }
  expect(messages.map(({ content }) => content)).toEqual(['sys', 'a', 'b', 'hi'])
})

test('stream gives pieces as they come, and throws where the end is missing', async () => {
  const pieces = chatStream(['one ', 'two ', 'three']).split(/(?<=\n\n)/)
  await using server = await serve((response, received, count) =>
    (count === 1 ? sendPieces(pieces) : sendAndCut(pieces[0] ?? ''))(response, received, count),
  )
  await using wrangler = await LLMWrangler.create({ platform: 'groq', url: server.url, retries: 0 })
  const heard: string[] = []
  for await (const piece of wrangler.stream('hi')) heard.push(piece)
  expect(heard.join('')).toBe('one two three')
  expect(heard.length).toBeGreaterThan(1)
  const broken = wrangler.stream('hi')
  expect(await broken.next()).toEqual({ done: false, value: 'one ' })
  await expect(broken.next()).rejects.toMatchObject({ kind: 'cut', status: 5, partial: 'one ' })
})

test('failures are typed', async () => {
  await using server = await serve(send(401, '{"error":{"message":"no"}}'))
  await using wrangler = await LLMWrangler.create({ platform: 'openai', url: server.url, key: 'sk-0123456789' })
  const failure: unknown = await wrangler.submit('hi').catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(LlmFailure)
  expect(failure).toMatchObject({ kind: 'auth', status: 3 })
  await expect(LLMWrangler.create({ platform: 'nobody' })).rejects.toThrow(/unknown provider/)
})

test('a signal, a loop that is left and the end of the block end the request', async () => {
  await using server = await serve((response) => {
    response.writeHead(200)
    response.write(chatStream(['endless'], null, ''))
  })
  const wrangler = await LLMWrangler.create({ platform: 'groq', url: server.url })
  await expect(wrangler.submit('hi', { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
  for await (const piece of wrangler.stream('hi')) {
    expect(piece).toBe('endless')
    break
  }
  const pending = wrangler.submit('hi')
  await wrangler[Symbol.asyncDispose]()
  await expect(pending).rejects.toThrow(/closed/)
})

test('two wranglers share no state', async () => {
  await using server = await serve((response, { body }) => {
    const { messages } = JSON.parse(body) as { messages: { content: string }[] }
    response.end(chatStream([messages.map(({ content }) => content).join('+')]))
  })
  const ask = async (system: string) => {
    await using wrangler = await LLMWrangler.create({ platform: 'groq', url: server.url, system })
    return await Promise.all(['1', '2', '3'].map((prompt) => wrangler.submit(prompt)))
  }
  expect(await Promise.all([ask('a'), ask('b')])).toEqual([
    ['a+1', 'a+2', 'a+3'],
    ['b+1', 'b+2', 'b+3'],
  ])
})

test('a command and a record answer in a stream, too', async () => {
  await using wrangler = await LLMWrangler.create({ platform: 'exec:cat' })
  const heard: string[] = []
  for await (const piece of wrangler.stream('hi')) heard.push(piece)
  expect(heard).toEqual(['hi'])
})

test('the example of the documentation runs', async () => {
  const reply = { message: { content: '7\n' }, done: true, done_reason: 'stop' }
  await using server = await serve(send(200, `${JSON.stringify(reply)}\n`))
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const args = ['--conditions=source', 'packages/llm-client/test/support/library-example.ts']
  const ran = await run(`${root}/node_modules/.bin/tsx`, args, { cwd: root, env: { OLLAMA_HOST: server.url } })
  expect(ran).toEqual({ status: 0, stdout: '7\n', stderr: '' })
})
