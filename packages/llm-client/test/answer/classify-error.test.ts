import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NO_ANSWER } from '../../src/answer/answer.ts'
import { errorIn } from '../../src/answer/server-error.ts'
import { httpFailure, streamFailure } from '../../src/answer/server-failure.ts'
import { ERROR_BODIES } from '../support/error-bodies.ts'

const ASKED = { label: 'm', promptTokens: 1, hasKey: true }

describe('kinds of errors', () => {
  const now = Date.parse('2026-11-29T00:00:00Z')
  beforeEach(() => void vi.useFakeTimers({ now }))
  afterEach(() => void vi.useRealTimers())

  test.each(ERROR_BODIES)('$server, HTTP $status: $kind', ({ status, body, kind, waitMs }) => {
    const error = status === 200 ? errorIn(JSON.parse(body) as Record<string, unknown>, undefined) : undefined
    const failure = error ? streamFailure(ASKED, error, NO_ANSWER) : httpFailure(ASKED, status, {}, body)
    expect({ kind: failure.kind, waitMs: failure.waitMs }).toEqual({ kind, waitMs })
  })
})

test.each([
  { title: 'an error in a choice', body: { choices: [{ error: { message: 'boom', code: 502 } }] }, message: 'boom' },
  { title: 'base_resp', body: { base_resp: { status_code: 1004, status_msg: 'bad key' } }, message: 'bad key' },
  { title: 'error_msg', body: { error_code: 6, error_msg: 'No permission' }, message: 'No permission' },
  { title: 'success: false', body: { success: false, errors: [{ code: 1, message: 'no' }] }, message: 'no' },
  { title: 'a bare message', body: { code: 'X', message: 'went wrong' }, message: 'went wrong' },
  { title: 'FastAPI', body: { detail: [{ loc: ['body', 'n'], msg: 'bad' }] }, message: 'n: bad' },
  { title: 'a code and words beside it', body: { error: 'bad_key', message: 'Key is bad' }, message: 'Key is bad' },
  {
    title: 'a router',
    body: { error: { message: 'Provider returned error', metadata: { provider_name: 'X', raw: 'no GPU' } } },
    message: 'Provider returned error; X: no GPU',
  },
])('behind HTTP 200, $title is an error in the words of the server', ({ body, message }) => {
  expect(errorIn(body as Record<string, unknown>, undefined)?.message).toBe(message)
})

test.each([
  { choices: [], base_resp: { status_code: 0, status_msg: '' } },
  { choices: [{ error: null, delta: { content: 'a' } }] },
  { error: null, choices: [] },
  { error: {}, choices: [] },
  { message: { content: 'a' }, done: false },
  { type: 'ping', message: 'hello' },
  { error_code: 0, result: 'a', object: 'chat.completion' },
])('%j is no error', (body) => {
  expect(errorIn(body, undefined)).toBeUndefined()
})
