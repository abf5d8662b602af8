import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { type Handler, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'

/** Function 40 of 80 is wrong. */
const SOURCE = Array.from(
  { length: 80 },
  (_, at) => `export function area${at}(width, height) {\n  return width ${at === 40 ? '+' : '*'} height * ${at}\n}\n`,
).join('\n')
const TEST = `import test from 'node:test'
import assert from 'node:assert'
import { area40 } from './src/areas.mjs'
test('area', () => assert.equal(area40(2, 3), 240))
`
const EDIT = '<<<<<<< SEARCH\n  return width + height * 40\n=======\n  return width * height * 40\n>>>>>>> REPLACE\n'
const REPLY = `<<<< src/areas.mjs <<<<\n${EDIT}>>>>>>>>\n`
/** Bytes that are surely no more than 2,048 tokens. */
const HALF_OF_4096 = 2048 * 4

/** An Ollama server that keeps no more than its num_ctx, and gives the right reply. */
const ollama: Handler = (response, { path }) => {
  if (path !== '/api/chat') {
    const shown = { parameters: 'num_ctx                        4096', model_info: { 'qwen2.context_length': 32_768 } }
    return void response.end(JSON.stringify(shown))
  }
  const last = { message: { content: REPLY }, done: true, done_reason: 'stop', prompt_eval_count: 900, eval_count: 60 }
  response.end(`${JSON.stringify(last)}\n`)
}

async function project(settings = '') {
  const folder = tempFolder({ 'src/areas.mjs': SOURCE, 'areas.test.mjs': TEST, 'lr.yaml': settings })
  const server = await serve(ollama)
  const env = { OLLAMA_HOST: server.url, XDG_STATE_HOME: join(folder.path, '.state') }
  const options = ['--no-git', '--no-canary', '-i', '1', '-m', 'ollama/small', '--run-dir', '.run']
  return {
    server,
    loop: (...args: string[]) =>
      run('lr-loop', [...options, ...args, 'src', '--', 'node', '--test'], { cwd: folder.path, env }),
    promptBytes: () => statSync(join(folder.path, '.run/1/prompt.out')).size,
    prompt: () => readFileSync(join(folder.path, '.run/1/prompt.out'), 'utf8'),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}

describe('a model with a small window', () => {
  test.each([
    { how: 'that runs', args: [] },
    { how: 'that --local finds running', args: ['--local'] },
  ])(
    'a server $how: the first line names the window, the prompt keeps to half of it and suffices',
    async ({ args }) => {
      await using tree = await project()
      const { status, stderr } = await tree.loop(...args)
      expect(stderr).toMatch(
        /^lr-loop: sources: 1 file, .*; window of ollama\/small: 4,096 tokens \(num_ctx of its parameters\)\n/,
      )
      expect(status).toBe(0)
      expect(tree.promptBytes()).toBeLessThan(HALF_OF_4096)
      expect(tree.prompt()).toContain('  return width + height * 40\n')
      const chats = tree.server.received.filter(({ path }) => path === '/api/chat')
      expect(chats.map(({ body }) => (JSON.parse(body) as { options: object }).options)).toEqual([{}])
    },
  )

  test('what a configuration sets for lr-prompt counts more', async () => {
    await using tree = await project('prompt:\n  window: 100k\n')
    await tree.loop()
    expect(tree.prompt()).toContain(SOURCE)
  })

  test('--dry-run makes the same prompt', async () => {
    await using tree = await project()
    const { stdout, stderr } = await tree.loop('--dry-run', '--json')
    expect(stderr).toContain('window of ollama/small: 4,096 tokens')
    const { promptTokens } = JSON.parse(stdout) as { promptTokens: number }
    expect(promptTokens).toBeLessThan(2048)
  })
})
