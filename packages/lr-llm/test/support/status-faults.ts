import { gzipSync } from 'node:zlib'
import { type Fault, HALF, once } from './fault.ts'
import { send } from '@loop-runner/test-kit/server'

export const STATUS_FAULTS: readonly Fault[] = [
  ...[400, 401, 402, 403, 404, 413, 422].map((code) => ({
    name: `HTTP ${code}`,
    handler: send(code, '{"error":{"message":"said the server"}}', { 'x-request-id': 'req-1' }),
    status: 3,
    requests: 1,
    says: new RegExp(`HTTP ${code} \\[req-1\\]: said the server`),
  })),
  ...[408, 409, 425, 429, 498, 500, 502, 503, 504, 529].map((code) => ({
    name: `HTTP ${code}`,
    handler: send(code, '<html>busy</html>'),
    status: 4,
    requests: 2,
    says: new RegExp(`HTTP ${code}: <html>busy</html>`),
  })),
  { name: 'HTTP 503, once', handler: once(send(503, '')), status: 0, requests: 2 },
  {
    name: 'HTTP 429 with a wait of 1 s, once',
    handler: once(send(429, '{}', { 'retry-after': '1' })),
    status: 0,
    requests: 2,
  },
  {
    name: 'HTTP 429 with a wait of an hour',
    handler: send(429, '{}', { 'retry-after': '3600' }),
    status: 4,
    requests: 1,
    says: /asks to wait 1 h 00 min; --wait-limit TIME waits for it\)/,
  },
  {
    name: 'HTTP 429, quota used up',
    handler: send(429, '{"error":{"code":"insufficient_quota","message":"pay"}}'),
    status: 3,
    requests: 1,
  },
  {
    name: 'HTTP 500, with x-should-retry: false',
    handler: send(500, '', { 'x-should-retry': 'false' }),
    status: 4,
    requests: 1,
  },
  {
    name: 'HTTP 302',
    handler: send(302, '', { location: 'http://127.0.0.1:1/' }),
    status: 3,
    requests: 1,
    says: /redirects to/,
  },
  {
    name: 'two names of one parameter, neither of which it takes',
    handler: (response, { body }, count) => {
      const name = 'max_tokens' in (JSON.parse(body) as object) ? 'max_tokens' : 'max_completion_tokens'
      const message = `Unsupported parameter: '${name}' is not supported. Use 'max_completion_tokens' instead.`
      // A client without a bound is served in the end, so that the test ends.
      response.writeHead(count < 20 ? 400 : 500).end(JSON.stringify({ error: { message } }))
    },
    args: ['--max-tokens', '9'],
    status: 3,
    requests: 2,
    says: /Unsupported parameter: 'max_completion_tokens'/,
  },
  {
    name: 'an error in a list (Gemini)',
    handler: send(
      400,
      '[{\n  "error": { "code": 400, "message": "API key not valid", "status": "INVALID_ARGUMENT" }\n}]',
    ),
    status: 3,
    requests: 1,
    says: /HTTP 400: API key not valid$/m,
  },
  {
    name: 'a page of HTML',
    handler: send(404, '<!DOCTYPE html>\n<html><head><title>Not\nFound</title></head><body><p>nginx</p></body></html>'),
    status: 3,
    requests: 1,
    says: /HTTP 404: Not Found$/m,
  },
  {
    name: 'an error that repeats the whole request',
    handler: send(400, JSON.stringify({ error: { message: `bad ${'x'.repeat(100_000)}` } })),
    status: 3,
    requests: 1,
    says: /^.{500,600}…$/m,
  },
  {
    name: 'a compressed error',
    handler: send(400, gzipSync('{"error":{"message":"said in gzip"}}'), { 'content-encoding': 'gzip' }),
    status: 3,
    requests: 1,
    says: /said in gzip/,
  },
  { name: 'silence', handler: () => {}, args: ['--timeout', '1'], status: 4, requests: 1, says: /within 1 s/ },
  {
    name: 'silence mid-answer',
    handler: (response) => void response.writeHead(200).write(HALF),
    args: ['--idle-timeout', '0.3'],
    status: 4,
    requests: 2,
    says: /127.0.0.1:\d+: .*0.3 s \(--idle-timeout\)/,
  },
  {
    name: 'too slow in an answer that ends with its connection',
    handler: (response) => void response.writeHead(200, { 'transfer-encoding': '', connection: 'close' }).write(HALF),
    args: ['--timeout', '1'],
    status: 4,
    requests: 1,
    says: /within 1 s \(--timeout\)/,
  },
  {
    name: 'no first byte',
    handler: () => {},
    args: ['--first-token-timeout', '0.3'],
    status: 4,
    requests: 2,
    says: /127.0.0.1:\d+: .*0.3 s \(--first-token-timeout\)/,
  },
  {
    name: 'a parameter that it does not take',
    handler: once(send(400, `{"error":{"message":"Unsupported parameter: 'temperature' is not supported"}}`)),
    args: ['-t', '0.5'],
    status: 0,
    requests: 2,
  },
]
