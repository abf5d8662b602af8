import { run } from '@loop-runner/test-kit'
import { chatStream, send, sendAndCut, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'

/** About 10,000 tokens, which cost 0.5 USD at 50 USD a million. */
const [LONG = ''] = chatStream(['word '.repeat(8000)]).split('\n\n')

interface Usage {
  readonly output: number
  readonly cost: number
}

/** A call of a server that cuts off so many answers. */
async function ask(cuts: number, options: readonly string[]) {
  let requests = 0
  const counted = { status: 0, stderr: '', requests: 0, usage: undefined as Usage | undefined }
  await using server = await serve((response, received, count) => {
    requests++
    return (count > cuts ? send(200, chatStream(['ok'])) : sendAndCut(`${LONG}\n\n`))(response, received, count)
  })
  const args = ['--url', server.url, '--usage', '--price', '10,50', ...options, 'hi']
  const { status, stdout, stderr } = await run('lr-llm', args)
  const [, usage] = /^<<<< usage <<<<\n(.*)\n>>>>>>>>$/m.exec(stdout) ?? []
  return { ...counted, status, stderr, requests, ...(usage === undefined ? {} : { usage: JSON.parse(usage) as Usage }) }
}

describe('an answer that breaks off is charged', () => {
  test.each([
    { what: 'none', cuts: 0, options: [], status: 0, requests: 1, tokens: 0 },
    { what: 'one, asked for again', cuts: 1, options: [], status: 0, requests: 2, tokens: 10_000 },
    { what: 'all of them', cuts: 9, options: ['--retries', '2'], status: 5, requests: 3, tokens: 30_000 },
    {
      what: 'as many as --max-cost allows',
      cuts: 9,
      options: ['--max-cost', '0.9'],
      status: 7,
      requests: 2,
      tokens: 20_000,
    },
    {
      what: 'one, with a model that stands in',
      cuts: 1,
      options: ['--retries', '0', '--fallback', 'exec:echo ok'],
      status: 0,
      requests: 1,
      tokens: 10_000,
    },
  ])('$what', async ({ cuts, options, tokens, status, requests }) => {
    const asked = await ask(cuts, options)
    expect(asked, asked.stderr).toMatchObject({ status, requests })
    const { output = 0, cost = 0 } = asked.usage ?? {}
    expect(output).toBeGreaterThanOrEqual(tokens)
    expect(output).toBeLessThan(tokens * 1.5 + 100)
    expect(cost).toBeCloseTo((output * 50) / 1e6, 2)
  })
})
