import { type Fault, lines } from './fault.ts'
import { send } from '@loop-runner/test-kit/server'

/** Words of real servers for a prompt that is too long, with the numbers in them. */
const OVERFLOWS: readonly (readonly [string, number, object | string])[] = [
  ['Anthropic', 400, { error: { message: 'prompt is too long: 12345 tokens > 9999 maximum' } }],
  [
    'OpenAI',
    400,
    {
      error: {
        code: 'context_length_exceeded',
        message: "This model's maximum context length is 9999 tokens. However, your messages resulted in 12345 tokens.",
      },
    },
  ],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message:
        "This model's maximum context length is 9999 tokens. However, you requested 12345 tokens (12000 in the messages, 345 in the completion).",
    },
  ],
  [
    'llama.cpp',
    400,
    {
      error: {
        type: 'exceed_context_size_error',
        message: 'the request exceeds the available context size',
        n_prompt_tokens: 12345,
        n_ctx: 9999,
      },
    },
  ],
  [
    'old llama.cpp',
    500,
    { error: { message: 'request (12345 tokens) exceeds the available context size (9999 tokens)' } },
  ],
  [
    'llama.cpp in Ollama',
    400,
    {
      error: JSON.stringify({
        error: { message: 'exceeds the available context size', n_prompt_tokens: 12345, n_ctx: 9999 },
      }),
    },
  ],
  ['xAI', 400, { error: "This model's maximum prompt length is 9999 but the request contains 12345 tokens." }],
  ['Mistral', 400, { message: 'Prompt contains 12345 tokens, too large for model with 9999 maximum context length' }],
  [
    'Gemini',
    400,
    [{ error: { message: 'The input token count (12345) exceeds the maximum number of tokens allowed (9999).' } }],
  ],
  [
    'LM Studio',
    400,
    {
      error:
        'Trying to keep the first 12345 tokens when context the overflows. However, the model is loaded with context length of only 9999 tokens',
    },
  ],
]

const WITH_NUMBERS: readonly Fault[] = OVERFLOWS.map(([who, code, body]) => ({
  name: `too long for the model (${who})`,
  handler: send(code, JSON.stringify(body)),
  status: 6,
  requests: 1,
  says: /12345 tokens.* 9999/,
}))

export const OVERFLOW_FAULTS: readonly Fault[] = [
  ...WITH_NUMBERS,
  {
    name: 'too long for the model (Groq, without numbers)',
    handler: send(400, '{"error":{"message":"Please reduce the length of the messages or completion."}}'),
    status: 6,
    requests: 1,
    says: /about 1 token, the server does not report its limit/,
  },
  {
    name: 'too long for the model, in the stream (Ollama)',
    api: 'ollama',
    handler: send(200, lines({ error: 'the input length exceeds the context length' })),
    status: 6,
    requests: 1,
  },
]
