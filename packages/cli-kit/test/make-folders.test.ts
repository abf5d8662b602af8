import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolders } from '../src/make-folders.ts'
import { tempFolder } from '@loop-runner/test-kit'

test('makes what is missing, with the mode, and keeps what is there', () => {
  using folder = tempFolder()
  const path = join(folder.path, 'a/b/c')
  makeFolders(path, 0o700)
  makeFolders(path)
  expect(statSync(join(folder.path, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test.each([
  { where: '/proc/no/such', code: 'ENOENT' },
  { where: 'file/below', code: 'ENOTDIR' },
  { where: 'file', code: 'EEXIST' },
])('fails with $code at once where there can be none: $where', ({ where, code }) => {
  using folder = tempFolder()
  writeFileSync(join(folder.path, 'file'), '')
  const path = where.startsWith('/') ? where : join(folder.path, where)
  expect(() => makeFolders(path)).toThrow(expect.objectContaining({ code }) as Error)
})
