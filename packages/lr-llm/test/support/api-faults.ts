import { type Fault, data, lines, once } from './fault.ts'
import { send } from '@loop-runner/test-kit/server'

function anthropic(...payloads: readonly { type: string }[]): string {
  return payloads.map((payload) => `event: ${payload.type}\n${data(payload)}`).join('')
}

const START = { type: 'message_start', message: { model: 'm', usage: { input_tokens: 3 } } }
const TEXT = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'half' } }
const OVERLOADED = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }

function stops(reason: string): string {
  return anthropic(START, TEXT, { type: 'message_delta', delta: { stop_reason: reason } } as { type: string }, {
    type: 'message_stop',
  })
}

export const API_FAULTS: readonly Fault[] = [
  {
    name: 'anthropic: overloaded in the stream',
    api: 'anthropic',
    handler: send(200, anthropic(START, TEXT, OVERLOADED)),
    status: 4,
    requests: 2,
    says: /Overloaded/,
  },
  {
    name: 'anthropic: overloaded, once',
    api: 'anthropic',
    handler: once(send(200, anthropic(START, OVERLOADED)), send(200, stops('end_turn'))),
    status: 0,
    requests: 2,
  },
  {
    name: 'anthropic: a reason to stop without an end',
    api: 'anthropic',
    handler: send(200, stops('end_turn').replace(/event: message_stop.*/s, '')),
    status: 5,
    requests: 2,
  },
  { name: 'anthropic: max_tokens', api: 'anthropic', handler: send(200, stops('max_tokens')), status: 5, requests: 1 },
  { name: 'anthropic: refusal', api: 'anthropic', handler: send(200, stops('refusal')), status: 5, requests: 1 },
  { name: 'anthropic: pause_turn', api: 'anthropic', handler: send(200, stops('pause_turn')), status: 5, requests: 1 },
  {
    name: 'anthropic: the context is full while answering',
    api: 'anthropic',
    handler: send(200, stops('model_context_window_exceeded')),
    status: 5,
    requests: 1,
    says: /context is full/,
  },
  {
    name: 'anthropic: begins twice',
    api: 'anthropic',
    handler: send(200, anthropic(START, TEXT) + stops('end_turn')),
    status: 0,
    requests: 1,
  },
  {
    name: 'anthropic: a lower limit of tokens',
    api: 'anthropic',
    handler: once(
      send(400, '{"error":{"message":"max_tokens: 32000 > 8192, which is the maximum"}}'),
      send(200, stops('end_turn')),
    ),
    status: 0,
    requests: 2,
  },
  {
    name: 'anthropic: prompt and limit exceed the window',
    api: 'anthropic',
    handler: once(
      send(400, '{"error":{"message":"input length and `max_tokens` exceed context limit: 178959 + 32000 > 200000"}}'),
      send(200, stops('end_turn')),
    ),
    status: 0,
    requests: 2,
  },
  {
    name: 'anthropic: temperature is deprecated',
    api: 'anthropic',
    handler: once(
      send(400, '{"error":{"message":"`temperature` is deprecated for this model."}}'),
      send(200, stops('end_turn')),
    ),
    args: ['-t', '0'],
    status: 0,
    requests: 2,
  },
  {
    name: 'anthropic: an unknown finish reason',
    api: 'anthropic',
    handler: send(200, stops('odd_reason')),
    status: 5,
    requests: 1,
    says: /odd_reason/,
  },
  {
    name: 'responses: an unknown reason',
    api: 'openai-responses',
    handler: send(
      200,
      data(
        { type: 'response.output_text.delta', delta: 'half' },
        { type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason: 'odd' } } },
      ),
    ),
    status: 5,
    requests: 1,
  },
  {
    name: 'ollama: an unknown reason',
    api: 'ollama',
    handler: send(200, lines({ message: { content: 'half' }, done: true, done_reason: 'odd' })),
    status: 5,
    requests: 1,
  },
  {
    name: 'ollama: no last line',
    api: 'ollama',
    handler: send(200, lines({ message: { content: 'half' }, done: false })),
    status: 5,
    requests: 2,
  },
  {
    name: 'ollama: error in the stream',
    api: 'ollama',
    handler: send(200, lines({ message: { content: 'half' } }, { error: 'llama runner died' })),
    status: 4,
    requests: 2,
    says: /runner died/,
  },
  {
    name: 'ollama: length',
    api: 'ollama',
    handler: send(200, lines({ message: { content: 'half' }, done: true, done_reason: 'length' })),
    status: 5,
    requests: 1,
  },
  {
    name: 'ollama: only loaded',
    api: 'ollama',
    handler: send(200, lines({ message: { content: '' }, done: true, done_reason: 'load' })),
    status: 5,
    requests: 1,
  },
  {
    name: 'ollama: queue is full',
    api: 'ollama',
    handler: send(503, '{"error":"server busy"}'),
    status: 4,
    requests: 2,
  },
  {
    name: 'responses: incomplete',
    api: 'openai-responses',
    handler: send(
      200,
      data(
        { type: 'response.output_text.delta', delta: 'half' },
        {
          type: 'response.incomplete',
          response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
        },
      ),
    ),
    status: 5,
    requests: 1,
  },
  {
    name: 'responses: incomplete without a reason',
    api: 'openai-responses',
    handler: send(
      200,
      data(
        { type: 'response.output_text.delta', delta: 'half' },
        { type: 'response.completed', response: { status: 'incomplete' } },
      ),
    ),
    status: 5,
    requests: 2,
  },
  {
    name: 'responses: failed',
    api: 'openai-responses',
    handler: send(
      200,
      data({
        type: 'response.failed',
        response: { status: 'failed', error: { code: 'server_error', message: 'sorry' } },
      }),
    ),
    status: 4,
    requests: 2,
    says: /sorry/,
  },
  {
    name: 'responses: quota',
    api: 'openai-responses',
    handler: send(
      200,
      data({ type: 'response.created' }, { type: 'error', code: 'insufficient_quota', message: 'pay' }),
    ),
    status: 3,
    requests: 1,
  },
  {
    name: 'responses: no end',
    api: 'openai-responses',
    handler: send(200, data({ type: 'response.output_text.delta', delta: 'half' })),
    status: 5,
    requests: 2,
  },
]
