import { type Fault, HALF, once } from './fault.ts'
import { send } from '@loop-runner/cli-kit/testing-server'

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
    says: /asks to wait 3600 s/,
  },
  {
    name: 'HTTP 429, quota used up',
    handler: send(429, '{"error":{"code":"insufficient_quota","message":"pay"}}'),
    status: 3,
    requests: 1,
  },
  {
    name: 'HTTP 500, but told not to ask again',
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
  { name: 'silence', handler: () => {}, args: ['--timeout', '1'], status: 4, requests: 1, says: /within 1 s/ },
  {
    name: 'silence mid-answer',
    handler: (response) => void response.writeHead(200).write(HALF),
    args: ['--idle-timeout', '0.3'],
    status: 4,
    requests: 2,
  },
  {
    name: 'too slow in an answer that ends with its connection',
    handler: (response) => void response.writeHead(200, { 'transfer-encoding': '', connection: 'close' }).write(HALF),
    args: ['--timeout', '1'],
    status: 4,
    requests: 1,
    says: /within 1 s \(--timeout\)/,
  },
  { name: 'no first byte', handler: () => {}, args: ['--first-token-timeout', '0.3'], status: 4, requests: 2 },
  {
    name: 'a parameter that it does not take',
    handler: once(send(400, `{"error":{"message":"Unsupported parameter: 'temperature' is not supported"}}`)),
    args: ['-t', '0.5'],
    status: 0,
    requests: 2,
  },
]
