import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adaptBody } from '../src/request/adapt-body.ts'
import { LlmFailure } from '../src/answer/failure.ts'
import { proxyAddress } from '../src/network/proxy.ts'
import { redact } from '../src/keys/redact.ts'
import { nextWait } from '../src/network/retry.ts'
import { waitOf } from '../src/network/server-wait.ts'
import { splitThinking, visiblePart } from '../src/answer/split-thinking.ts'
import { SseReader } from '../src/answer/sse-reader.ts'

describe('server-sent events', () => {
  test.each([
    { title: 'LF', text: 'data: a\n\n', data: ['a'] },
    { title: 'CR LF', text: 'data: a\r\n\r\ndata: b\r\n\r\n', data: ['a', 'b'] },
    { title: 'CR', text: 'data: a\r\rdata: b\r\r', data: ['a', 'b'] },
    { title: 'no blank behind the colon', text: 'data:a\n\n', data: ['a'] },
    { title: 'only one blank is taken off', text: 'data:  a\n\n', data: [' a'] },
    { title: 'several data fields', text: 'data: a\ndata: b\n\n', data: ['a\nb'] },
    { title: 'comments and other fields', text: ': hi\nid: 3\nretry: 5\n:\ndata: a\n\n', data: ['a'] },
    { title: 'no blank line at the end', text: 'data: a', data: ['a'] },
    { title: 'an event without data', text: 'event: ping\n\ndata: a\n\n', data: ['a'] },
    { title: 'a field called error', text: 'error: {"a":1}\n\n', data: ['{"a":1}'] },
  ])('$title, cut anywhere', ({ text, data }) => {
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (places) => {
        const reader = new SseReader()
        const cuts = [0, ...places.sort((left, right) => left - right), text.length]
        const events = cuts.flatMap((cut, index) => reader.push(text.slice(cuts[index - 1] ?? 0, cut)))
        expect([...events, ...reader.end()].map((event) => event.data)).toEqual(data)
      }),
    )
  })

  test.each(['\n', '\r\n'])('any number of events is read, each cut before its blank line (%j)', (newline) => {
    const reader = new SseReader()
    let events = 0
    for (let sent = 0; sent < 110_000; sent++) {
      for (const piece of [`data: a${newline}`, newline]) events += reader.push(piece).length
    }
    expect({ events, isTooLong: reader.isTooLong }).toEqual({ events: 110_000, isTooLong: false })
  })

  test('an event with more lines than an answer has is too long', () => {
    const reader = new SseReader()
    expect(reader.push('data: a\n'.repeat(100_001))).toEqual([])
    expect(reader.isTooLong).toBe(true)
  })
})

test.each([
  { text: 'plain', reasoning: '', rest: 'plain' },
  { text: '<think>hm</think>\n\nyes\n', reasoning: 'hm', rest: 'yes\n' },
  { text: '\n<think>\nhm\n</think>yes', reasoning: '\nhm\n', rest: 'yes' },
  { text: '<think>hm', reasoning: 'hm', rest: '' },
  { text: 'hm\n</think>\nyes', reasoning: 'hm\n', rest: 'yes' },
  { text: 'a <think> in the middle', reasoning: '', rest: 'a <think> in the middle' },
  { text: '```html\n</think>\n```', reasoning: '', rest: '```html\n</think>\n```' },
  { text: '<<<< a.py <<<<\n</think>\n>>>>>>>>\n', reasoning: '', rest: '<<<< a.py <<<<\n</think>\n>>>>>>>>\n' },
  { text: 'say </think> loudly', reasoning: '', rest: 'say </think> loudly' },
  { text: '<thinking>\nhm\n</thinking>\n\nyes', reasoning: '\nhm\n', rest: 'yes' },
  { text: '<think>a</think>\n\n<think>b</think>\nyes', reasoning: 'a\nb', rest: 'yes' },
  { text: 'Okay.\n<think>a</think>\n\nyes', reasoning: 'a', rest: 'Okay.\nyes' },
  { text: 'hm\n</think>yes', reasoning: 'hm\n', rest: 'yes' },
  { text: 'hm, done.</think>\n\nyes', reasoning: 'hm, done.', rest: 'yes' },
  { text: '\n</think>\n\nyes', reasoning: '\n', rest: 'yes' },
  { text: '[THINK]a[/THINK]yes', reasoning: 'a', rest: 'yes' },
  { text: 'The tag `</think>` ends it.', reasoning: '', rest: 'The tag `</think>` ends it.' },
  { text: 'End it with\n</think>\n', reasoning: '', rest: 'End it with\n</think>\n' },
  { text: 'x\n```\n<think>a</think>\n```\n', reasoning: '', rest: 'x\n```\n<think>a</think>\n```\n' },
  { text: '<think>\n```\ncode\n```\n</think>\nyes', reasoning: '\n```\ncode\n```\n', rest: 'yes' },
])('thoughts in $text', ({ text, reasoning, rest }) => {
  expect(splitThinking(text)).toEqual({ reasoning, text: rest })
})

test.each([
  '<think>hm</think>\n\nyes, so it is',
  'Okay.\n<think>a</think>  \n\nyes',
  '<think>a</think>\n\n<thinking>b</thinking>\nyes',
  'a < b\n<b>c</b>\n<',
  '<<<< a.py <<<<\n<think>\n>>>>>>>>\n',
])('the visible part of %j only ever grows, and is a part of the answer', (text) => {
  let before = ''
  for (let end = 0; end <= text.length; end++) {
    const visible = visiblePart(text.slice(0, end))
    expect(visible.startsWith(before)).toBe(true)
    before = visible
  }
  expect(splitThinking(text).text.startsWith(before)).toBe(true)
})

test.each([
  { headers: { 'retry-after-ms': '250', 'retry-after': '9' }, message: '', waitMs: 250 },
  { headers: { 'retry-after': '2' }, message: 'try again in 9s', waitMs: 2000 },
  { headers: { 'retry-after': 'Sat, 21 Nov 2026 00:00:05 GMT' }, message: '', waitMs: 5000 },
  { headers: {}, message: 'Please try again in 5.289s.', waitMs: 5289 },
  { headers: {}, message: 'Please try again in 4m2.1s', waitMs: 242_100 },
  { headers: {}, message: 'Please try again in 1h3m.', waitMs: 3_780_000 },
  { headers: {}, message: 'try again in 310ms', waitMs: 310 },
  { headers: {}, message: 'try again later', waitMs: undefined },
  { headers: {}, message: 'Please retry after 6 seconds.', waitMs: 6000 },
  { headers: {}, message: 'Please wait 2 minutes and 3 seconds', waitMs: 123_000 },
  { headers: {}, message: 'Your limit will reset at 2026-11-21 00:30:00', waitMs: 1_800_000 },
  { headers: { 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-reset-tokens': '340ms' }, message: '', waitMs: 340 },
  {
    headers: {
      'x-ratelimit-reset-requests': '6m0s',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-tokens': '340ms',
      'x-ratelimit-remaining-tokens': '99',
    },
    message: '',
    waitMs: 360_000,
  },
  { headers: { 'anthropic-ratelimit-tokens-reset': '2026-11-21T00:00:09Z' }, message: '', waitMs: 9000 },
  { headers: { 'x-ratelimit-reset': '1795219205' }, message: '', waitMs: 5000 },
  { headers: { 'ratelimit-reset': '12' }, message: '', waitMs: 12_000 },
])('the wait of $headers "$message" is $waitMs ms', ({ headers, message, waitMs }) => {
  expect(waitOf(headers, message, Date.parse('Sat, 21 Nov 2026 00:00:00 GMT'))).toBe(waitMs)
})

test.each([
  { kind: 'server', failures: 1, waitMs: undefined, remainingMs: 9e5, wait: 500 },
  { kind: 'server', failures: 3, waitMs: undefined, remainingMs: 9e5, wait: 2000 },
  { kind: 'server', failures: 3, waitMs: undefined, remainingMs: 1000, wait: undefined },
  { kind: 'server', failures: 4, waitMs: undefined, remainingMs: 9e5, wait: undefined },
  { kind: 'rate-limit', failures: 1, waitMs: 10, remainingMs: 9e5, wait: 260 },
  { kind: 'rate-limit', failures: 1, waitMs: 6e4, remainingMs: 3e4, wait: undefined },
  { kind: 'auth', failures: 1, waitMs: undefined, remainingMs: 9e5, wait: undefined },
  { kind: 'length', failures: 1, waitMs: undefined, remainingMs: 9e5, wait: undefined },
] as const)('after failure $failures of kind $kind: $wait ms', ({ kind, failures, waitMs, remainingMs, wait }) => {
  const failure = new LlmFailure(kind, 'x', { waitMs })
  expect(nextWait(failure, { failures, retries: 3, remainingMs, random: 0.5 })).toBe(wait)
})

test.each([
  {
    words: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    body: { max_tokens: 5 },
    sent: { max_completion_tokens: 5 },
  },
  { words: "unknown field 'max_completion_tokens'", body: { max_completion_tokens: 5 }, sent: { max_tokens: 5 } },
  { words: "'temperature' does not support 0.2. Only the default (1)", body: { temperature: 0.2 }, sent: {} },
  { words: 'Extra inputs are not permitted: stream_options', body: { stream_options: {}, seed: 1 }, sent: { seed: 1 } },
  { words: '`temperature` is deprecated for this model.', body: { temperature: 0 }, sent: {} },
  { words: 'seed: extra fields not permitted', body: { seed: 1, stop: ['a'] }, sent: { stop: ['a'] } },
  { words: `Invalid JSON payload received. Unknown name "seed": Cannot find field.`, body: { seed: 1 }, sent: {} },
  {
    words: '`temperature` and `top_p` cannot both be specified for this model.',
    body: { temperature: 1, top_p: 1 },
    sent: { temperature: 1 },
  },
  { words: 'stop is not supported with reasoning models', body: { stop: ['x'] }, sent: {} },
  { words: 'reasoning.effort is not supported by this model', body: { reasoning: { effort: 'low' } }, sent: {} },
  ...[
    'max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens for m',
    'max_tokens is too large: 9000. This model supports at most 8192 completion tokens, whereas you provided 9000.',
    '`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the window',
    'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]',
    'Range of max_tokens should be [1, 8192]',
    'max_tokens must be at most 8192',
    'max_tokens (9000) exceeds the model maximum of 8192',
    "'max_tokens' is too large: 9000. This model's maximum context length is 9192 tokens and your request has 1000 input tokens (9000 > 9192 - 1000).",
    "This endpoint's maximum context length is 9192 tokens. However, you requested about 10000 tokens (1000 of text input, 9000 in the output).",
    "This model's maximum context length is 9192 tokens. However, you requested 10000 tokens (1000 in the messages, 9000 in the completion).",
    'input length and `max_tokens` exceed context limit: 1000 + 9000 > 9192',
  ].map((words) => ({ words, body: { max_tokens: 9000 }, sent: { max_tokens: 8192 } })),
])('a server that says "$words" gets $sent', ({ words, body, sent }) => {
  expect(JSON.parse(JSON.stringify(adaptBody(body, words)?.body))).toEqual(sent)
})

test('a field has its other name only once', () => {
  const words = "Unsupported parameter. Use 'max_completion_tokens' instead."
  const first = adaptBody({ max_tokens: 5 }, words)
  expect(adaptBody(first?.body ?? {}, words)).toBeUndefined()
})

test('words about a field that was not sent change nothing', () => {
  expect(adaptBody({ model: 'm' }, 'unsupported parameter: temperature')).toBeUndefined()
})

test.each([
  { url: 'https://a.example/v1', env: { HTTPS_PROXY: 'http://p:8080' }, proxy: 'http://p:8080/' },
  { url: 'https://a.example/v1', env: { https_proxy: 'p:8080' }, proxy: 'http://p:8080/' },
  { url: 'http://a.example/v1', env: { HTTPS_PROXY: 'http://p' }, proxy: undefined },
  { url: 'http://a.example/v1', env: { ALL_PROXY: 'http://p' }, proxy: 'http://p/' },
  { url: 'https://a.example', env: { HTTPS_PROXY: 'http://p', NO_PROXY: 'b.example,.example' }, proxy: undefined },
  { url: 'https://a.example', env: { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.example:80' }, proxy: 'http://p/' },
  { url: 'https://a.example', env: { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, proxy: undefined },
  { url: 'http://127.0.0.1:11434', env: { HTTP_PROXY: 'http://p' }, proxy: undefined },
])('$url with $env goes through $proxy', ({ url, env, proxy }) => {
  expect(proxyAddress(new URL(url), env)?.href).toBe(proxy)
})

test('a key is taken out of words, also in base64 and as part of an address', () => {
  const key = 'sk-a+b/secret'
  const words = `bad ${key}, ${Buffer.from(key).toString('base64')} or ?k=${encodeURIComponent(key)}`
  expect(redact(words, key)).toBe('bad [key], [key] or ?k=[key]')
})
