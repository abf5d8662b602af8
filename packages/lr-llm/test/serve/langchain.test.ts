import { ChatOpenAI } from '@langchain/openai'
import { chatStream, send, sendAndCut, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'
import { usageEvent } from '../support/limited-server.ts'
import { startService } from '../support/start-service.ts'

async function start(url: string) {
  const service = await startService(['-q', '-m', 'openai/m', '--retries', '0', '--url', url])
  const configuration = { baseURL: `${service.url}/v1` }
  return { ...service, model: new ChatOpenAI({ model: 'm', apiKey: 'none', maxRetries: 0, configuration }) }
}

const SCHEMA = {
  title: 'fact',
  type: 'object',
  properties: { n: { type: 'integer' } },
  required: ['n'],
  additionalProperties: false,
}

describe('ChatOpenAI of LangChain as a client', () => {
  test('gets an answer with its usage, whole and as a stream', async () => {
    await using upstream = await serve(send(200, chatStream(['two ', 'words'], 'stop', usageEvent(7, 2))))
    await using service = await start(upstream.url)
    const whole = await service.model.invoke('hi')
    expect(whole.text).toBe('two words')
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 7, output_tokens: 2, total_tokens: 9 })
    const pieces: string[] = []
    for await (const { text } of await service.model.stream('hi')) pieces.push(text)
    expect(pieces.join('')).toBe('two words')
  })

  test('sends messages, images, options and a schema on, and reads the structured answer', async () => {
    await using upstream = await serve(send(200, chatStream(['{"n":1}'])))
    await using service = await start(upstream.url)
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
    const messages = [
      { role: 'system', content: 'sys' },
      { role: 'user', content: [{ type: 'text', text: 'a' }, image] },
    ]
    const structured = service.model.withStructuredOutput(SCHEMA, { method: 'jsonSchema' })
    expect(await structured.invoke(messages)).toEqual({ n: 1 })
    expect(JSON.parse(upstream.received[0]?.body ?? '')).toMatchObject({
      messages: [
        { role: 'system', content: 'sys' },
        { role: 'user', content: [{ type: 'image_url' }, { type: 'text', text: 'a' }] },
      ],
      response_format: { json_schema: { schema: { properties: { n: { type: 'integer' } } } } },
    })
  })

  test.each([
    { title: 'truncated', handler: send(200, chatStream(['half'], 'length')), says: /truncated at the token limit/ },
    { title: 'rejected', handler: send(400, '{"error":{"message":"bad thing"}}'), says: /bad thing/ },
  ])('an answer that is $title is an error', async ({ handler, says }) => {
    await using upstream = await serve(handler)
    await using service = await start(upstream.url)
    await expect(service.model.invoke('hi')).rejects.toThrow(says)
  })

  test('a stream that breaks off is an error, after its first pieces', async () => {
    await using upstream = await serve(sendAndCut(chatStream(['half'], null, '')))
    await using service = await start(upstream.url)
    const pieces: string[] = []
    const read = async () => {
      for await (const { text } of await service.model.stream('hi')) pieces.push(text)
    }
    await expect(read()).rejects.toThrow()
    expect(pieces.join('')).toBe('half')
  })

  test('an abort ends the request at the model', async () => {
    let closed = () => {}
    const isClosed = new Promise<void>((resolve) => (closed = resolve))
    await using upstream = await serve((response) => {
      response.on('close', closed)
      response.writeHead(200).write(chatStream(['endless'], null, ''))
    })
    await using service = await start(upstream.url)
    const abort = new AbortController()
    const read = async () => {
      for await (const { text } of await service.model.stream('hi', { signal: abort.signal })) if (text) abort.abort()
    }
    await expect(read()).rejects.toThrow(/abort/i)
    await isClosed
  })

  test('tools are refused by name', async () => {
    await using upstream = await serve(send(200, chatStream(['no'])))
    await using service = await start(upstream.url)
    const tools = [
      { type: 'function' as const, function: { name: 'f', parameters: { type: 'object', properties: {} } } },
    ]
    await expect(service.model.bindTools(tools).invoke('hi')).rejects.toThrow(/tools: not served here/)
    expect(upstream.received).toEqual([])
  })
})
