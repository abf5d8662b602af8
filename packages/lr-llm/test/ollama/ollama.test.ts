import { run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { type Handler, serve } from '@loop-runner/test-kit/server'

/** An Ollama server whose model has this much context, and that says how much of a prompt it read. */
function ollama(contextLength: number, read?: number, parameters?: string): Handler {
  return (response, { path }) => {
    if (path === '/api/show')
      return void response.end(JSON.stringify({ parameters, model_info: { 'x.context_length': contextLength } }))
    const last = { message: { content: 'ok' }, done: true, done_reason: 'stop', prompt_eval_count: read }
    response.end(`${JSON.stringify(last)}\n`)
  }
}

const LONG = 'word '.repeat(8000)

test.each([
  { title: 'a short prompt takes the usual context', prompt: 'hi', paths: ['/api/chat'], context: undefined },
  {
    title: 'a long prompt asks for one that it fits in',
    prompt: LONG,
    paths: ['/api/show', '/api/chat'],
    context: 16384,
  },
])('acceptance 6: $title; prompts are never cut', async ({ prompt, paths, context }) => {
  await using server = await serve(ollama(131072))
  const args = ['--url', server.url, '--api', 'ollama', '-m', 'm']
  expect(await run('lr-llm', args, { stdin: prompt })).toMatchObject({ status: 0, stdout: 'ok\n' })
  expect(server.received.map(({ path }) => path)).toEqual(paths)
  const body = JSON.parse(server.received.at(-1)?.body ?? '') as { options: { num_ctx?: number } }
  expect(body).toMatchObject({ truncate: false, shift: false })
  expect(body.options.num_ctx).toBe(context)
  const dry = await run('lr-llm', ['--dry-run', ...args], { stdin: prompt })
  expect(dry.stdout).toBe(`${server.received.at(-1)?.body}\n`)
  expect(server.received).toHaveLength(paths.length)
})

test('not more context than the model has is asked for, and --body sets it by hand', async () => {
  await using server = await serve(ollama(8192))
  const args = ['--url', server.url, '--api', 'ollama', '-m', 'm']
  await run('lr-llm', args, { stdin: LONG })
  await run('lr-llm', [...args, '--body', 'options.num_ctx=777'], { stdin: LONG })
  const contexts = server.received
    .filter(({ path }) => path === '/api/chat')
    .map(({ body }) => (JSON.parse(body) as { options: { num_ctx: number } }).options.num_ctx)
  expect(contexts).toEqual([8192, 777])
})

test.each([
  { parameters: 'num_ctx 32768', context: undefined },
  { parameters: 'num_ctx 8192', context: 16384 },
])('with "$parameters" in the parameters of the model, $context is asked for', async ({ parameters, context }) => {
  await using server = await serve(ollama(131_072, undefined, parameters))
  await run('lr-llm', ['--url', server.url, '--api', 'ollama', '-m', 'm'], { stdin: LONG })
  const body = JSON.parse(server.received.at(-1)?.body ?? '') as { options: { num_ctx?: number } }
  expect(body.options.num_ctx).toBe(context)
})

test('acceptance 6: a server that cuts all the same is found out: 6, with both numbers', async () => {
  await using server = await serve(ollama(8192, 8192))
  const args = ['-q', '--url', server.url, '--api', 'ollama', '-m', 'm']
  const ran = await run('lr-llm', args, { stdin: LONG })
  expect(ran).toMatchObject({ status: 6, stdout: '', stderr: expect.stringMatching(/about 10000 tokens.* 8192/) })
})
