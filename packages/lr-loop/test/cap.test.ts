import { expect, test } from 'vitest'
import { bash, hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { type Handler, serve } from '@loop-runner/test-kit/server'

/** About 10,000 tokens, at 50 dollars a million; the prompt is small. One answer costs about half a dollar. */
const TEXT = (count: number) =>
  `<<<< a.txt <<<<\nwrong ${count}\n>>>>>>>>\n${'words words words words words\n'.repeat(1333)}`
const INPUT = 500
const OUTPUT = 10_000

type Stream = (text: string, withUsage: boolean) => string

const sse = (data: object, event?: string) => `${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`
const message = (data: { type: string; [key: string]: unknown }) => sse(data, data.type)

const STREAMS: Readonly<Record<string, Stream>> = {
  'openai-chat': (content, withUsage) =>
    [
      sse({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] }),
      sse({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
      withUsage ? sse({ choices: [], usage: { prompt_tokens: INPUT, completion_tokens: OUTPUT } }) : '',
      'data: [DONE]\n\n',
    ].join(''),
  'openai-responses': (text, withUsage) =>
    [
      message({ type: 'response.output_text.delta', delta: text }),
      message({
        type: 'response.completed',
        response: {
          status: 'completed',
          output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
          ...(withUsage ? { usage: { input_tokens: INPUT, output_tokens: OUTPUT } } : {}),
        },
      }),
    ].join(''),
  anthropic: (text, withUsage) =>
    [
      message({
        type: 'message_start',
        message: {
          role: 'assistant',
          content: [],
          ...(withUsage ? { usage: { input_tokens: INPUT, output_tokens: 1 } } : {}),
        },
      }),
      message({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
      message({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
      message({ type: 'content_block_stop', index: 0 }),
      message({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        ...(withUsage ? { usage: { output_tokens: OUTPUT } } : {}),
      }),
      message({ type: 'message_stop' }),
    ].join(''),
  ollama: (content, withUsage) =>
    [
      { message: { role: 'assistant', content }, done: false },
      {
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        ...(withUsage ? { prompt_eval_count: INPUT, eval_count: OUTPUT } : {}),
      },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
}

/** The whole response of a server that does not stream although it is asked to. */
const BODIES: Readonly<Record<string, (text: string) => object>> = {
  'openai-chat': (content) => ({
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  }),
  'openai-responses': (text) => ({
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
  }),
  anthropic: (text) => ({ role: 'assistant', content: [{ type: 'text', text }], stop_reason: 'end_turn' }),
  ollama: (content) => ({ message: { role: 'assistant', content }, done: true, done_reason: 'stop' }),
}

const USAGES: Readonly<Record<string, object>> = {
  'openai-chat': { usage: { prompt_tokens: INPUT, completion_tokens: OUTPUT } },
  'openai-responses': { usage: { input_tokens: INPUT, output_tokens: OUTPUT } },
  anthropic: { usage: { input_tokens: INPUT, output_tokens: OUTPUT } },
  ollama: { prompt_eval_count: INPUT, eval_count: OUTPUT },
}

function inOnePiece(api: string, withUsage: boolean): Handler {
  return (response, { method }, count) => {
    response.writeHead(method === 'POST' ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...BODIES[api]?.(TEXT(count)), ...(withUsage ? USAGES[api] : {}) }))
  }
}

function answering(stream: Stream, withUsage: boolean): Handler {
  return (response, { method }, count) => {
    const isStream = method === 'POST'
    response.writeHead(isStream ? 200 : 404, { 'content-type': 'text/event-stream' })
    response.end(isStream ? stream(TEXT(count), withUsage) : '{}')
  }
}

const CASES = Object.keys(STREAMS).flatMap((api) =>
  [true, false].flatMap((streams) => [true, false].map((withUsage) => ({ api, streams, withUsage }))),
)
const CHECK = ['a.txt', '--', 'grep', '-q', 'right', 'a.txt']
const LIMITS = ['--max-cost=1', '-i9', '--patience=9', '--keep=last']

interface Capped {
  readonly reason: string
  readonly usage: { readonly calls: number; readonly cost: number }
}

test.concurrent.each(sampleOf(CASES, 3))(
  'a cap of 1 dollar holds, over a resume, too: $api, streamed: $streams, with usage: $withUsage',
  async ({ api, streams, withUsage }) => {
    const handler = streams ? answering(STREAMS[api] ?? (() => ''), withUsage) : inOnePiece(api, withUsage)
    await using server = await serve(handler)
    using folder = tempFolder({ 'a.txt': 'zero\n', 'lr.yaml': `llm: { api: ${api}, price: ["10,50"] }\n` })
    const args = ['--no-git', '--json', '--run-dir=run', `--llm-url=${server.url}`, '-m', 'm', ...LIMITS]
    const ran = await run('lr-loop', [...args, ...CHECK], { cwd: folder.path })
    const { reason, usage } = JSON.parse(ran.stdout) as Capped
    expect({ reason, calls: usage.calls }, ran.stderr).toEqual({ reason: 'budget', calls: 2 })
    expect(usage.cost).toBeGreaterThanOrEqual(1)
    expect(ran.stderr).toContain('m: the last answer may exceed --max-cost by up to $6.55 (131,072 tokens')
    expect(ran.stderr.includes('the server reports no usage: it is estimated')).toBe(!withUsage)
    await run('lr-loop', ['--resume', 'run'], { cwd: folder.path })
    expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(2)
  },
)

test.skipIf(!hasProgram('git')).concurrent.each([
  { jobs: 1, most: 2 },
  { jobs: 3, most: 4 },
])('a cap of 1 dollar holds over attempts, $jobs at a time (git)', async ({ jobs, most }) => {
  await using server = await serve(answering(STREAMS['openai-chat'] ?? (() => ''), true))
  using folder = tempFolder({
    'tree/a.txt': 'zero\n',
    'tree/lr.yaml': 'llm: { api: openai-chat, price: ["10,50"] }\n',
  })
  const cwd = `${folder.path}/tree`
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd })
  const args = ['--json', '--run-dir=../run', `--llm-url=${server.url}`, '-m', 'm', '--attempts=3', `--jobs=${jobs}`]
  const ran = await run('lr-loop', [...args, ...LIMITS, ...CHECK], { cwd })
  expect(ran.status, ran.stderr).toBe(1)
  // Each attempt may be waiting for one answer when the cap is reached.
  expect(server.received.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(most)
  expect(ran.stderr).toContain('may exceed --max-cost by up to')
})
