import { expect, test } from 'vitest'
import { failureSignature } from '../../src/stopping/failure-signature.ts'

const signature = (stdout: string) => failureSignature([{ name: 'stdout', content: stdout }])

test.each([
  ['lines that have moved', 'a.py:3: no such name\n', 'a.py:14: no such name\n'],
  ['another order, and the same line again', 'one\ntwo\n', 'two\n  one\none\n'],
  ['a time', 'failed in 0.3 s\n', 'failed in 12.75 s\n'],
  ['an address', '<Foo object at 0x7fab12cd>\n', '<Foo object at 0x55d0e9>\n'],
  ['an identifier', 'run 0f53162d4acc failed\n', 'run db498d75042a failed\n'],
])('%s: the same failure', async (_what, one, other) => {
  expect(await signature(one)).toBe(await signature(other))
})

test.each([
  ['another name', "no such name 'add'\n", "no such name 'sub'\n"],
  ['words of the letters a to f', 'deadbeef\n', 'feedface\n'],
  ['one failure less', 'one\ntwo\n', 'one\n'],
])('%s: another failure', async (_what, one, other) => {
  expect(await signature(one)).not.toBe(await signature(other))
})
