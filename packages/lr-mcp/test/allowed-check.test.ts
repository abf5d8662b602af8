import { expect, test } from 'vitest'
import { isAllowed, onlyCommand, readPattern } from '../src/policy/allowed-check.ts'

test.each<[pattern: string, command: string[], allowed: boolean]>([
  ['npm test', ['npm', 'test'], true],
  ['npm test', ['npm', 'test', 'x'], false],
  ['npm test', ['npm'], false],
  ['npm test', ['npm test'], false],
  ['npm run test:*', ['npm', 'run', 'test:unit'], true],
  ['npm run test:*', ['npm', 'run', 'build'], false],
  ['npm run *', ['npm', 'run', 'a', 'b'], false],
  ['pytest **', ['pytest'], true],
  ['pytest **', ['pytest', '-q', 'tests'], true],
  ['pytest ** tests', ['pytest', '-q', 'tests'], true],
  ['pytest ** tests', ['pytest', '-q', 'tests', '-x'], false],
  ['py*', ['python'], true],
  ['a.b', ['axb'], false],
  ["grep 'a b' x", ['grep', 'a b', 'x'], true],
  ["echo '*'", ['echo', 'x'], false],
  ["echo '*'", ['echo', '*'], true],
  ['echo "*"*', ['echo', '*x'], true],
  ['echo \\*', ['echo', '*'], true],
  ['echo *', ['echo', 'two\nlines'], true],
  ['**', [], false],
  ['**', ['rm', '-rf'], true],
])('%j, %j: %j', (pattern, command, allowed) => {
  expect(isAllowed(command, [readPattern(pattern)])).toBe(allowed)
})

test.each<[patterns: string[], command: string[] | undefined]>([
  [['npm test'], ['npm', 'test']],
  [
    ['npm test', 'pytest **'],
    ['npm', 'test'],
  ],
  [['npm test', 'pytest'], undefined],
  [['pytest *'], undefined],
  [["grep '*' x"], ['grep', '*', 'x']],
  [[], undefined],
])('the default among %j is %j', (patterns, command) => {
  expect(onlyCommand(patterns.map(readPattern))).toEqual(command)
})

test.each(["npm 'test", 'npm "test', 'npm test\\', '', ' '])('the pattern %j is refused', (pattern) => {
  expect(() => readPattern(pattern)).toThrow(/^option --allow-check: .*(?:unclosed quote|empty pattern)/)
})
