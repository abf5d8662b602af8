import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adaptBody } from './request/adapt-body.ts'
import { LlmFailure } from './answer/failure.ts'
import { proxyAddress } from './network/proxy.ts'
import { redact } from './keys/redact.ts'
import { nextWait } from './network/retry.ts'
import { waitOf } from './network/server-wait.ts'
import { splitThinking, visibleText } from './answer/split-thinking.ts'
import { SseReader } from './answer/sse-reader.ts'
import { showable, terminalText } from './ask/terminal-text.ts'

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
  { text: 'say </think> aloud', reasoning: '', rest: 'say </think> aloud' },
])('thoughts in $text', ({ text, reasoning, rest }) => {
  expect(splitThinking(text)).toEqual({ reasoning, text: rest })
})

test('what is visible of an unfinished answer only ever grows', () => {
  const text = '<think>hm</think>\n\nyes, so it is'
  let before = ''
  for (let end = 0; end <= text.length; end++) {
    const visible = visibleText(text.slice(0, end))
    expect(visible.startsWith(before)).toBe(true)
    before = visible
  }
  expect(before).toBe('yes, so it is')
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

test('a terminal gets no orders from a model', () => {
  expect(terminalText('a\r\n\u{1B}]0;x\u{7}b\tc')).toBe('a\n\u{FFFD}]0;x\u{FFFD}b\tc')
})

test('a terminal shows the same of an answer, however its pieces are cut', () => {
  const text = 'a\r\nb \u{1F600}\r\n\r\nc\r'
  for (let cut = 0; cut <= text.length; cut++) {
    const before = showable(text.slice(0, cut))
    expect(terminalText(before) + terminalText(text.slice(before.length))).toBe(terminalText(text))
  }
})
