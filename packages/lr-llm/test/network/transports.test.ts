import { currentEnvironment } from '@loop-runner/cli-kit'
import { serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'
import {
  askServer,
  LlmFailure,
  makePooledTransport,
  nodeTransport,
  parseTarget,
  type ServerTarget,
  type Transport,
} from '@loop-runner/llm-client'
import { FAULTS } from '../support/faults.ts'

async function ask(url: string, api: ServerTarget['api'], args: readonly string[], transport: Transport) {
  const value = (name: string) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : undefined)
  const seconds = (name: string) => (value(name) === undefined ? undefined : Number(value(name)) * 1000)
  const target = parseTarget({ model: 'm', url, api, env: {} }) as ServerTarget
  const sampling = { temperature: value('-t'), maxTokens: value('--max-tokens') }
  const request = { model: 'm', messages: [{ role: 'user', text: 'hi' } as const], sampling }
  const limits = { firstMs: seconds('--first-token-timeout'), idleMs: seconds('--idle-timeout') }
  const options = {
    headers: {},
    fields: [],
    limits,
    timeoutMs: seconds('--timeout') ?? 60_000,
    retries: value('--retries') ?? 1,
  }
  const quiet = { progress: () => {}, detail: () => {}, warn: () => {}, onInterrupt: () => () => {} }
  const io = { ...currentEnvironment(), ...quiet, env: {}, signal: new AbortController().signal, transport }
  const outcome = await askServer(target, request, options, io).catch((error: unknown) => error)
  if (!(outcome instanceof Error)) return { status: 0, message: '' }
  if (!(outcome instanceof LlmFailure)) throw outcome
  return { status: outcome.status, message: outcome.message }
}

const pool = makePooledTransport()
describe.concurrent.each([
  { name: 'node:http', transport: nodeTransport },
  { name: 'undici', transport: pool },
])('the failure matrix over $name', ({ transport }) => {
  test.each(FAULTS)('$name: $status', async ({ api = 'openai-chat', handler, args = [], status, requests, says }) => {
    await using server = await serve(handler)
    const outcome = await ask(server.url, api, args, transport)
    expect({ status: outcome.status, requests: server.received.length }, outcome.message).toEqual({ status, requests })
    if (says) expect(`${outcome.message.replaceAll('\n', ' ')}\n`).toMatch(says)
  })
})
