import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { makeScope } from '../../src/guard/scope.ts'

const NOTHING = { allowsNew: false, allowsAny: false }

test.each([
  { operands: ['src/'], path: 'src/a.py', named: false, old: true, fresh: true },
  { operands: ['./src//deep/..'], path: 'src/a.py', named: false, old: true, fresh: true },
  { operands: ['new-folder/'], path: 'new-folder/a.py', named: false, old: true, fresh: true },
  { operands: ['.'], path: 'a/b/c', named: false, old: true, fresh: true },
  { operands: ['src'], path: 'source/a.py', named: false, old: false, fresh: false },
  { operands: ['src/a.py', 'b.py'], path: 'src/a.py', named: true, old: true, fresh: true },
  { operands: ['src/a.py'], path: 'src/b.py', named: false, old: false, fresh: false },
  { operands: [], path: 'anything', named: false, old: true, fresh: true },
])('$operands and $path', ({ operands, path, named, old, fresh }) => {
  using folder = tempFolder({ 'src/a.py': '' })
  const scope = makeScope(operands, folder.path, NOTHING)
  expect(scope.isNamed(path)).toBe(named)
  expect([scope.judge(path, false), scope.judge(path, true)].map((refusal) => refusal === undefined)).toEqual([
    old,
    fresh,
  ])
})

test.each([
  { isNew: true, options: { allowsNew: true, allowsAny: false }, refused: undefined },
  { isNew: true, options: { allowsNew: false, allowsAny: true }, refused: 'not-offered' },
  { isNew: false, options: { allowsNew: true, allowsAny: false }, refused: 'not-offered' },
  { isNew: false, options: { allowsNew: false, allowsAny: true }, refused: undefined },
])('beyond the operands, new: $isNew, $options', ({ isNew, options, refused }) => {
  expect(makeScope(['a.py'], '/', options).judge('b.py', isNew)?.code).toBe(refused)
})

test('an absolute operand inside the root is that path', () => {
  using folder = tempFolder({ 'src/a.py': '' })
  expect(makeScope([join(folder.path, 'src/a.py')], folder.path, NOTHING).isNamed('src/a.py')).toBe(true)
  expect(makeScope([folder.path], folder.path, NOTHING).judge('x', true)).toBeUndefined()
})

test('what may be changed is listed, but not without end', () => {
  const scope = makeScope(['a', 'b', 'c', 'd', 'e', 'f', 'g'], '/', NOTHING)
  expect(scope.judge('x', false)?.message).toBe('outside what may be changed (a, b, c, d, e and 2 more)')
  expect(scope.judge('x', true)?.message).toContain('new files are not allowed here')
})

test.each(['', '..', '../x', '/etc', 'a/../../b'])('operand "%s" is refused', (operand) => {
  using folder = tempFolder()
  mkdirSync(join(folder.path, 'a'))
  expect(() => makeScope([operand], folder.path, NOTHING)).toThrow(UsageError)
})

test('an operand that cannot be looked at is refused', () => {
  using folder = tempFolder({ file: '' })
  expect(() => makeScope(['file/below'], folder.path, NOTHING)).toThrow(UsageError)
})
