import { expect, test } from 'vitest'
import { judgePath } from '../../src/guard/judge-path.ts'

test.each([
  { path: '', code: 'no-name' },
  { path: 'https://example.invalid/a.ts', code: 'absolute' },
  { path: 'file:/a.ts', code: 'absolute' },
  { path: '~/a.ts', code: 'absolute' },
  { path: '\\\\server\\a.ts', code: 'windows-name' },
  { path: 'a%00.ts', code: 'traversal' },
  { path: 'src%2fa.ts', code: 'traversal' },
  { path: 'a'.repeat(255), code: undefined },
  { path: 'a'.repeat(256), code: 'bad-name' },
  { path: 'é'.repeat(128), code: 'bad-name' },
  { path: 'abc/'.repeat(1023) + 'abc', code: undefined },
  { path: 'abc/'.repeat(1023) + 'abcd', code: 'bad-name' },
])('$path is refused as $code', ({ path, code }) => {
  expect(judgePath(path)?.code).toBe(code)
})
