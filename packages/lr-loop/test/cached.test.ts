import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'
import { type Handler, serve } from '@loop-runner/test-kit/server'

const event = (data: { type: string; [key: string]: unknown }) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

/** The first request writes the provider's cache, the second one reads it. */
const answer: Handler = (response, { method }, count) => {
  if (method !== 'POST') return void response.writeHead(404).end('{}')
  const cache = count === 1 ? { cache_creation_input_tokens: 2000 } : { cache_read_input_tokens: 2000 }
  const text = `<<<< a.txt <<<<\n${count === 1 ? 'wrong' : 'right'}\n>>>>>>>>\n`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(
    [
      event({
        type: 'message_start',
        message: { role: 'assistant', content: [], usage: { input_tokens: 100, ...cache } },
      }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
      event({ type: 'content_block_stop', index: 0 }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 10 } }),
      event({ type: 'message_stop' }),
    ].join(''),
  )
}

interface Body {
  readonly messages: readonly {
    readonly content: readonly { readonly text: string; readonly cache_control?: object }[]
  }[]
}

test('Anthropic is asked to cache read-only files; its cached tokens are counted, cost less, and are shown', async () => {
  await using server = await serve(answer)
  using folder = tempFolder({
    'a.txt': 'zero\n',
    'long.md': 'words of a manual\n'.repeat(300),
    'lr.yaml': 'llm: { api: anthropic, price: ["10,50"] }\n',
  })
  const args = [
    '--no-git',
    '--json',
    '--run-dir=run',
    `--llm-url=${server.url}`,
    '-m',
    'm',
    'a.txt',
    '--context=long.md',
  ]
  const ran = await run('lr-loop', [...args, '--', 'grep', '-q', 'right', 'a.txt'], { cwd: folder.path })
  expect(ran.status, ran.stderr).toBe(0)
  const contents = server.received
    .filter(({ body }) => body !== '')
    .map(({ body }) => (JSON.parse(body) as Body).messages.at(-1)?.content ?? [])
  const [first, second] = contents
  expect(contents).toHaveLength(2)
  expect(first?.map((block) => block.cache_control)).toEqual([{ type: 'ephemeral' }, undefined])
  expect(first?.[0]?.text).toContain('words of a manual')
  expect(second?.[0]).toEqual(first?.[0])
  expect(second?.[1]?.text).toContain('wrong')
  const { usage } = JSON.parse(ran.stdout) as { usage: { tokens: number; cost: number } }
  expect(usage.tokens).toBe(2 * 2110)
  // Written at 1.25 times the price of input, read at that price: --price names none for what is cached.
  expect(usage.cost).toBeCloseTo((2 * (100 * 10 + 10 * 50) + 2000 * 12.5 + 2000 * 10) / 1e6, 9)
  const shown = await run('lr-loop', ['show', 'run'], { cwd: folder.path })
  expect(shown.stdout).toMatch(/2 replies, 4,?220 tokens \(2,?000 cached\)/)
})
