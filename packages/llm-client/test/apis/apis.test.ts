import { expect, test } from 'vitest'
import { addEvent, NO_ANSWER } from '../../src/answer/answer.ts'
import { PROVIDERS } from '../../src/models/providers.ts'
import { ResponseReader } from '../../src/answer/response-reader.ts'
import { parseTarget, type ServerTarget } from '../../src/models/target.ts'
import type { Api } from '../../src/apis/api-adapter.ts'
import { API_ADAPTERS } from '../../src/apis/api-adapters.ts'
import { writeBody } from '../../src/request/write-body.ts'

function read(api: Api, body: string) {
  const reader = new ResponseReader(API_ADAPTERS[api])
  return [...reader.push(Buffer.from(body)), ...reader.end()].reduce(addEvent, NO_ANSWER)
}

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => `data: ${JSON.stringify(payload)}\n\n`).join('')
}

test.each([
  {
    title: 'Perplexity repeats all that was said beside each piece, and the usage with it',
    payloads: [
      {
        choices: [{ delta: { content: 'a' }, message: { content: 'a' } }],
        usage: { prompt_tokens: 3, completion_tokens: 1 },
      },
      {
        object: 'chat.completion.done',
        choices: [{ delta: { content: '' }, message: { content: 'ab' }, finish_reason: null }],
        usage: { prompt_tokens: 3, completion_tokens: 2, cost: { total_cost: 0.006 } },
      },
      { choices: [{ delta: { content: 'b' }, message: { content: 'ab' }, finish_reason: 'stop' }] },
    ],
    answer: { text: 'ab', finish: 'stop', usage: { input: 3, output: 2, cost: 0.006 } },
  },
  {
    title: 'Mistral sends lists of parts, thoughts among them',
    payloads: [
      { choices: [{ delta: { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] } }] },
      { choices: [{ delta: { content: [{ type: 'text', text: 'yes' }] }, finish_reason: 'stop' }] },
    ],
    answer: { text: 'yes', reasoning: 'hm' },
  },
  {
    title: 'the old text field beside a delta says nothing new',
    payloads: [{ choices: [{ text: 'a', delta: { content: 'a' }, finish_reason: 'stop' }] }],
    answer: { text: 'a' },
  },
  {
    title: 'the same thought in two fields counts once',
    payloads: [{ choices: [{ delta: { reasoning_content: 'hm', reasoning: 'hm' } }] }],
    answer: { reasoning: 'hm' },
  },
  {
    title: 'the most severe finish reason counts',
    payloads: [
      { choices: [{ finish_reason: 'stop' }] },
      { choices: [{ finish_reason: null }] },
      { choices: [{ finish_reason: 'length' }] },
    ],
    answer: { finish: 'length' },
  },
  {
    title: 'of several answers the first is read, wherever it stands',
    payloads: [
      {
        choices: [
          { index: 1, delta: { content: 'B' } },
          { index: 0, delta: { content: 'A' } },
        ],
      },
      { choices: [{ index: 1, delta: { content: 'B' }, finish_reason: 'length' }] },
      { choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] },
    ],
    answer: { text: 'Aa', finish: 'stop' },
  },
  {
    title: 'Google and xAI count thoughts in the total only',
    payloads: [{ choices: [], usage: { prompt_tokens: 20, completion_tokens: 151, total_tokens: 553 } }],
    answer: { usage: { input: 20, output: 151, apart: 382 } },
  },
  {
    title: 'a total that is wrong takes nothing away',
    payloads: [{ choices: [], usage: { prompt_tokens: 20, completion_tokens: 151, total_tokens: 0 } }],
    answer: { usage: { input: 20, output: 151 } },
  },
  {
    title: "Groq's usage may stand in a field of its own",
    payloads: [{ choices: [], x_groq: { usage: { prompt_tokens: 4, completion_tokens: 5 } } }],
    answer: { usage: { input: 4, output: 5 } },
  },
])('$title', ({ payloads, answer }) => {
  expect(read('openai-chat', stream(...payloads))).toMatchObject(answer)
})

test('what comes behind the end marker does not count, however it is delivered', () => {
  const delta = (content: string) => ({ choices: [{ delta: { content }, finish_reason: 'stop' }] })
  expect(read('openai-chat', `${stream(delta('a'))}data: [DONE]\n\n${stream(delta('b'))}`)).toMatchObject({ text: 'a' })
})

test('two blocks of text are one answer; thoughts and signatures are not', () => {
  const delta = (fields: object) => ({ type: 'content_block_delta', index: 0, delta: fields })
  const answer = read(
    'anthropic',
    stream(
      { type: 'message_start', message: { model: 'm' } },
      delta({ type: 'thinking_delta', thinking: 'hm' }),
      delta({ type: 'signature_delta', signature: 'abc' }),
      delta({ type: 'text_delta', text: 'a' }),
      delta({ type: 'text_delta', text: 'b' }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
      { type: 'message_stop' },
    ),
  )
  expect(answer).toMatchObject({ text: 'ab', reasoning: 'hm', finish: 'end_turn', ended: true, usage: { output: 7 } })
})

const MESSAGES = [
  { role: 'system', text: 'sys' },
  { role: 'user', text: 'a' },
  { role: 'user', text: 'b' },
] as const

function bodyOf(model: string, sampling = {}) {
  const target = parseTarget({ model, env: {} }) as ServerTarget
  return JSON.parse(
    JSON.stringify(writeBody(target, { model: target.model, messages: MESSAGES, sampling }, [])),
  ) as object
}

test.each(Object.keys(PROVIDERS))(
  'a request to %s has its model, streams and sets nothing that was not asked for',
  (name) => {
    const body = bodyOf(name)
    expect(body).toMatchObject({ model: PROVIDERS[name]?.model, stream: true })
    for (const field of ['temperature', 'top_p', 'stop', 'seed', 'reasoning_effort', 'max_completion_tokens']) {
      expect(body).not.toHaveProperty(field)
    }
  },
)

test('Anthropic gets the system text apart, turns that alternate, and the limit that it demands', () => {
  expect(bodyOf('anthropic/claude-3-5-haiku-latest')).toMatchObject({
    system: 'sys',
    max_tokens: 8192,
    messages: [{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }],
  })
})

test.each([
  { model: 'groq/x', sent: { reasoning_effort: 'high' } },
  { model: 'openrouter/x', sent: { reasoning: { effort: 'high' } } },
  { model: 'ollama/x', sent: { think: 'high' } },
  { model: 'anthropic/claude-sonnet-4-5', sent: { thinking: { type: 'enabled', budget_tokens: 16_384 } } },
  { model: 'anthropic/claude-opus-5', sent: { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } } },
])('--effort high for $model', ({ model, sent }) => {
  expect(bodyOf(model, { effort: 'high' })).toMatchObject(sent)
})
