// Acceptance tests without another place.
import { readdirSync } from 'node:fs'
import { run, tempFolder, TRIES_ALL } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { chatStream, serve } from '@loop-runner/test-kit/server'

const SIX_MINUTES_MS = 360_000

test.skipIf(!TRIES_ALL)(
  'acceptance 5: a server that is silent for six minutes works with --timeout 600 (LR_SLOW_TESTS=1)',
  { timeout: 2 * SIX_MINUTES_MS },
  async () => {
    await using server = await serve(async (response) => {
      await new Promise((resolve) => setTimeout(resolve, SIX_MINUTES_MS))
      response.end(chatStream(['late']))
    })
    const ran = await run('lr-llm', ['--url', server.url, '--timeout', '600', 'hi'])
    expect(ran).toMatchObject({ status: 0, stdout: 'late\n' })
  },
)

/** Prints which of Node's slow modules a program has loaded by its end. */
const SPY = `process.on('exit', () => {
  const slow = ['http', 'https', 'tls', 'child_process', 'crypto', 'stream', 'yaml']
  const loaded = slow.filter((name) => process.moduleLoadList.includes('NativeModule ' + name))
  require('node:fs').writeSync(2, 'loaded:' + loaded.join(',') + '\\n')
})`

test.each([
  { args: ['--help'], status: 0 },
  { args: ['--show-config'], status: 0 },
  { args: ['hi'], status: 3 },
])(
  'acceptance 9: lr-llm $args loads nothing of the network, of processes or of cryptography',
  async ({ args, status }) => {
    using folder = tempFolder({ 'spy.cjs': SPY })
    const ran = await run('lr-llm', args, { env: { NODE_OPTIONS: `--require=${folder.path}/spy.cjs` } })
    expect(ran.status).toBe(status)
    expect(ran.stderr).toContain('loaded:\n')
  },
)

test('acceptance 10: two runs at a time share no state, and leave none', async () => {
  using folder = tempFolder()
  await using server = await serve((response, { body }) => {
    const { messages } = JSON.parse(body) as { messages: { content: string }[] }
    setTimeout(() => response.end(chatStream([`for ${messages[0]?.content}`])), 50)
  })
  const env = { HOME: folder.path }
  const ask = async (prompt: string) => {
    const { stdout } = await run('lr-llm', ['--url', server.url, prompt], { cwd: folder.path, env })
    return stdout
  }
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(ask))).toEqual(['for a\n', 'for b\n', 'for c\n', 'for d\n'])
  expect(readdirSync(folder.path)).toEqual([])
})
