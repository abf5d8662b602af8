import { type Fixture, LLMock } from '@copilotkit/aimock'
import { run } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

/** The wires of an independent mock server, at its addresses. */
const API_ADAPTERS = [
  { wire: 'OpenAI chat', args: ['--api', 'openai-chat'], path: '/v1' },
  { wire: 'OpenRouter', args: ['-m', 'openrouter/openai/gpt-oss-120b'], path: '/api/v1' },
  { wire: 'OpenAI responses', args: ['--api', 'openai-responses'], path: '/v1' },
  { wire: 'Anthropic', args: ['--api', 'anthropic'], path: '/v1' },
  { wire: 'Ollama', args: ['--api', 'ollama'], path: '' },
]

const TEXT = 'Größe: 10 €\nline two \u{1F469}\u{200D}\u{1F680}\n'

async function start(...fixtures: Fixture[]): Promise<LLMock & AsyncDisposable> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' })
  for (const fixture of fixtures) mock.addFixture(fixture)
  await mock.start()
  return Object.assign(mock, { [Symbol.asyncDispose]: () => mock.stop() })
}

function fixture(response: Fixture['response'], more: Partial<Fixture> = {}): Fixture {
  return { match: {}, response, chunkSize: 5, ...more }
}

function askOver(
  { args, path }: Pick<(typeof API_ADAPTERS)[0], 'args' | 'path'>,
  mock: LLMock,
  more: readonly string[],
) {
  return run('lr-llm', ['--url', mock.url + path, ...args, ...more, 'hi'])
}

describe.concurrent.each(API_ADAPTERS)('against aimock with API $wire', ({ wire, args, path }) => {
  const ask = (mock: LLMock, ...more: string[]) => askOver({ args, path }, mock, more)

  test('text, byte for byte, and usage', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 7, input_tokens: 11, output_tokens: 7 }
    await using mock = await start(fixture({ content: TEXT, usage }))
    const { status, stdout } = await ask(mock, '--json')
    const answer = JSON.parse(stdout) as { text: string; usage: { input: number; output: number } }
    expect({ status, text: answer.text }).toEqual({ status: 0, text: TEXT })
    // Its counters with Ollama's API are always 0.
    if (wire !== 'Ollama') expect(answer.usage).toMatchObject({ input: 11, output: 7 })
  })

  test('429 with a wait of 1 s is waited for', async () => {
    const error = { error: { message: 'slow down', type: 'rate_limit_error' }, status: 429, retryAfter: 1 }
    await using mock = await start(
      fixture(error, { match: { sequenceIndex: 0 } }),
      fixture({ content: 'now' }, { match: { sequenceIndex: 1 } }),
    )
    const ran = await ask(mock)
    expect(ran).toMatchObject({ status: 0, stdout: 'now\n' })
    expect(ran.stderr).toMatch(/slow down: retrying in 1(\.\d)? s \(1 of 3\)/)
  })

  test('a truncated stream is incomplete', async () => {
    await using mock = await start(fixture({ content: TEXT }, { truncateAfterChunks: 3, latency: 20 }))
    expect(await ask(mock, '-q', '--retries', '1')).toMatchObject({ status: 5, stdout: '' })
  })

  test('an error is 3, with its words', async () => {
    await using mock = await start(
      fixture({ error: { message: 'bad thing', type: 'invalid_request_error' }, status: 400 }),
    )
    expect(await ask(mock, '-q')).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('bad thing') })
  })
})

/** With Ollama's API aimock sends thoughts in a field that Ollama does not have, and always ends with "stop". */
const FAITHFUL = API_ADAPTERS.filter(({ wire }) => wire !== 'Ollama')

test.each(FAITHFUL)('reasoning is apart from the answer with API $wire', async (wire) => {
  await using mock = await start(fixture({ content: 'yes', reasoning: 'because of this' }))
  const ran = await askOver(wire, mock, ['-v'])
  expect(ran).toMatchObject({ status: 0, stdout: 'yes\n' })
  expect(ran.stderr).toContain('lr-llm: thinks: because of this')
})

test.each(FAITHFUL)('an answer at the limit is incomplete with API $wire', async (wire) => {
  await using mock = await start(fixture({ content: TEXT, finishReason: 'length' }))
  expect(await askOver(wire, mock, ['-q'])).toMatchObject({ status: 5, stdout: '' })
})
