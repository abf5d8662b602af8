import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { type Handler, send, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'
import { makeGguf } from '../support/make-gguf.ts'

/** A server that answers these paths with JSON, and others with 404. */
function answers(bodies: Readonly<Record<string, unknown>>): Handler {
  return (response, received, count) => {
    const body = bodies[received.path]
    return send(body === undefined ? 404 : 200, JSON.stringify(body ?? {}))(response, received, count)
  }
}

const SHOWN = { model_info: { 'general.architecture': 'qwen2', 'qwen2.context_length': 32_768 } }
const NUM_CTX = 'temperature                    0.5\nnum_ctx                        4096\nstop "num_ctx 1"'

describe('the window that lr-llm --preflight prints', () => {
  test.each([
    { title: 'of Ollama, as its server says', shown: SHOWN, window: '32768\tollama/m\tfrom its server' },
    {
      title: 'of Ollama, by a smaller num_ctx of the model',
      shown: { ...SHOWN, parameters: NUM_CTX },
      window: '4096\tollama/m\tnum_ctx of its parameters',
    },
    {
      title: 'of Ollama, where num_ctx is more than the model has',
      shown: { parameters: 'num_ctx 4096', model_info: { 'a.context_length': 2048 } },
      window: '2048\tollama/m\tfrom its server',
    },
    {
      title: 'of Ollama, by --body',
      shown: { ...SHOWN, parameters: NUM_CTX },
      args: ['--body=options.num_ctx=8192'],
      window: '8192\tollama/m\tnum_ctx of --body',
    },
    { title: 'of a model that Ollama does not have', shown: undefined, window: undefined },
    {
      title: 'of a model of which Ollama says nonsense',
      shown: { model_info: { 'a.context_length': -1 } },
      window: undefined,
    },
  ])('$title', async ({ shown, args = [], window }) => {
    await using server = await serve(answers({ '/api/show': shown }))
    const ran = await run('lr-llm', ['--preflight=window', '-m', 'ollama/m', ...args], {
      env: { OLLAMA_HOST: server.url },
    })
    expect(ran).toEqual({ status: 0, stdout: window === undefined ? '' : `window\t${window}\n`, stderr: '' })
    expect(server.received.map(({ path }) => path).filter((path) => path !== '/api/show')).toEqual([])
  })

  test('Ollama is not asked for it unless that is wanted', async () => {
    await using server = await serve(answers({ '/api/show': SHOWN }))
    const ran = await run('lr-llm', ['--preflight', '-m', 'ollama/m'], { env: { OLLAMA_HOST: server.url } })
    expect(ran).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(server.received).toEqual([])
  })

  test('another server is not asked', async () => {
    await using server = await serve(answers({ '/v1/models': { data: [{ id: 'm', max_model_len: 8192 }] } }))
    const ran = await run('lr-llm', ['--preflight=window', '-m', 'm', '--url', server.url])
    expect(ran).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(server.received).toEqual([])
  })

  test('a list of prices counts more, and nothing is asked then', async () => {
    using folder = tempFolder({
      'prices.json': JSON.stringify({
        'ollama/m': { input_cost_per_token: 0, output_cost_per_token: 0, max_input_tokens: 2000 },
      }),
    })
    await using server = await serve(answers({ '/api/show': SHOWN }))
    const args = ['--preflight=window', '-m', 'ollama/m', '--prices', join(folder.path, 'prices.json')]
    const { stdout } = await run('lr-llm', args, { env: { OLLAMA_HOST: server.url } })
    expect(stdout).toMatch(/^window\t2000\tollama\/m\tfrom the list of prices$/m)
    expect(server.received).toEqual([])
  })

  test.each([
    { title: 'of a model file', bytes: makeGguf({ words: ['a'], context: 8192 }), window: 8192 },
    { title: 'of a model file that breaks off', bytes: makeGguf({ words: ['a'] }).subarray(0, 60), window: undefined },
    {
      title: 'of a damaged model file',
      bytes: Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(200, 0xff)]),
      window: undefined,
    },
  ])('$title', async ({ bytes, window }) => {
    using folder = tempFolder({ 'm.gguf': bytes, 'modules/node-llama-cpp/dist/index.js': '' })
    const path = join(folder.path, 'm.gguf')
    const env = { NODE_PATH: join(folder.path, 'modules') }
    const { status, stdout } = await run('lr-llm', ['--preflight', '-m', `gguf:${path}`], { env })
    const line = window === undefined ? '' : `window\t${window}\tgguf:m\tfrom its file\n`
    expect({ status, stdout }).toEqual({ status: 0, stdout: `gguf\t${path}\tgguf:${path}\n${line}` })
  })
})
