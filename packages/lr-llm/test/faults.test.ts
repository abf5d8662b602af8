import { run } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { FAULTS } from './support/faults.ts'
import { serve } from '@loop-runner/test-kit/server'

describe.concurrent('acceptance 1: each row of the failure matrix: its exit code, nothing on standard output, one line on standard error', () => {
  test.each(FAULTS)('$name: $status', async ({ api = 'openai-chat', handler, args = [], status, requests, says }) => {
    await using server = await serve(handler)
    const ran = await run('lr-llm', [
      '-q',
      '--url',
      server.url,
      '--api',
      api,
      '-m',
      'm',
      '--retries',
      '1',
      ...args,
      'hi',
    ])
    expect({ status: ran.status, requests: server.received.length }, ran.stderr).toEqual({ status, requests })
    if (status === 0) expect(ran.stderr).toBe('')
    else {
      expect(ran.stdout).toBe('')
      expect(ran.stderr).toMatch(/^lr-llm: [^\n]+\n$/)
    }
    if (says) expect(ran.stderr).toMatch(says)
  })
})
