import { expect, test } from 'vitest'
import { isLoopbackHost } from '../src/is-loopback-host.ts'

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true)
})

test.each(['', '0.0.0.0', '127.0.0.1.example.org', 'localhost.example.org', '[::1]', '::', '10.0.0.1'])(
  '%j may be reached by others',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false)
  },
)
