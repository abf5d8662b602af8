import { expect, test } from 'vitest'
import { isRole, nameOfPath, pathOfName } from '../src/index.ts'

test.each([
  { path: 'configure', name: './configure' },
  { path: 'a-1', name: './a-1' },
  { path: 'Makefile', name: 'Makefile' },
  { path: 'a.py', name: 'a.py' },
  { path: 'src/a', name: 'src/a' },
])('the block of the file $path is named $name, which is no role', ({ path, name }) => {
  expect(nameOfPath(path)).toBe(name)
  expect(pathOfName(name)).toBe(path)
  expect(isRole(name)).toBe(false)
})
