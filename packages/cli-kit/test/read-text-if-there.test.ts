import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { readTextIfThere } from '../src/read-text-if-there.ts'

test('a file is read; one that is not there is nothing; one that cannot be read is an error', () => {
  using folder = tempFolder({ 'a.txt': 'é\n' })
  expect(readTextIfThere(join(folder.path, 'a.txt'))).toBe('é\n')
  expect(readTextIfThere(join(folder.path, 'b.txt'))).toBeUndefined()
  expect(() => readTextIfThere(folder.path, 'here')).toThrow('here: is a directory')
  expect(() => readTextIfThere(join(folder.path, 'a.txt/b'))).toThrow('a.txt/b: ')
})
