import { type Fault, data, delta, HALF, once } from './fault.ts'
import { send } from '@loop-runner/test-kit/server'

export const STREAM_FAULTS: readonly Fault[] = [
  {
    name: 'error object in the stream',
    handler: send(200, HALF + data({ error: { message: 'out of memory', code: 500 } })),
    status: 4,
    requests: 2,
    says: /out of memory/,
  },
  {
    name: 'error event (Groq)',
    handler: send(200, `${HALF}event: error\n${data({ error: { message: 'failed', status_code: 503 } })}`),
    status: 4,
    requests: 2,
  },
  {
    name: 'error of a bad request (Groq)',
    handler: send(200, `${HALF}event: error\n${data({ error: { message: 'no', status_code: 400 } })}`),
    status: 3,
    requests: 1,
  },
  {
    name: 'object called error (vLLM)',
    handler: send(200, HALF + data({ object: 'error', message: 'engine died', code: 500 })),
    status: 4,
    requests: 2,
  },
  {
    name: 'field called error (llama.cpp)',
    handler: send(200, `${HALF}error: {"message":"slot lost"}\n\ndata: [DONE]\n\n`),
    status: 4,
    requests: 2,
    says: /slot lost/,
  },
  {
    name: 'error beside choices (OpenRouter)',
    handler: send(
      200,
      data({
        error: { message: 'gone', code: 502, metadata: { provider_name: 'X' } },
        ...delta({ content: '' }, 'error'),
      }),
    ),
    status: 4,
    requests: 2,
    says: /gone; X/,
  },
  {
    name: 'x_groq error',
    handler: send(200, HALF + data({ x_groq: { error: 'overloaded' }, choices: [] })),
    status: 4,
    requests: 2,
  },
  {
    name: 'quota used up, in the stream',
    handler: send(200, data({ error: { message: 'pay', code: 'insufficient_quota' } })),
    status: 3,
    requests: 1,
  },
  {
    name: 'error in the stream, once',
    handler: once(send(200, HALF + data({ error: { message: 'x' } }))),
    status: 0,
    requests: 2,
  },
  {
    name: 'an error inside a choice',
    handler: send(200, HALF + data({ choices: [{ index: 0, delta: {}, error: { message: 'boom', code: 502 } }] })),
    status: 4,
    requests: 2,
    says: /boom/,
  },
  {
    name: 'no money behind HTTP 200 (MiniMax)',
    handler: send(200, '{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"},"choices":null}'),
    status: 3,
    requests: 1,
    says: /insufficient balance/,
  },
  {
    name: 'error_msg behind HTTP 200 (Baidu)',
    handler: send(200, '{"error_code":336000,"error_msg":"Internal error"}'),
    status: 4,
    requests: 2,
    says: /Internal error/,
  },
  {
    name: 'FastAPI behind HTTP 200',
    handler: send(200, '{"detail":[{"loc":["body","messages"],"msg":"field required"}]}'),
    status: 3,
    requests: 1,
    says: /messages: field required/,
  },
]
