import { describe, expect, test } from 'vitest'
import { makeShadows } from '../../src/shadows.ts'

const isShadow = (path: string, programs: readonly string[], there: readonly string[] = []) =>
  makeShadows(new Set(programs), (other) => there.includes(other))(path)

describe('a path that would be loaded in the place of another', () => {
  test.for<[path: string, program: string, expected: boolean, there?: string[]]>([
    ['json.py', 'python3', true],
    ['src/json.py', 'pytest', true],
    ['src/json/__init__.py', 'python3.12', true],
    ['src/_pytest/__init__.py', 'python3', true],
    ['json.cpython-311-x86_64-linux-gnu.so', 'python3', true],
    ['src/package/json.py', 'python3', false, ['src/package/__init__.py']],
    ['src/json_tools.py', 'python3', false],
    ['src/json.py', 'node', false],
    ['lib/Test/More.pm', 'prove', true],
    ['lib/Test2/API.pm', 'prove', true],
    ['lib/strict.pm', 'perl', true],
    ['lib/Calc.pm', 'prove', false],
    ['lib/minitest/calc_plugin.rb', 'ruby', true],
    ['lib/calc.rb', 'ruby', false],
    ['luaunit.lua', 'lua5.4', true],
    ['include/stdlib.h', 'cc', true],
    ['include/stdlib.h', 'x86_64-linux-gnu-gcc-12', true],
    ['include/calc.h', 'cc', false],
    ['src/main/java/org/junit/Assert.java', 'mvn', true],
    ['src/main/java/org/calc/Assert.java', 'mvn', false],
    ['src/calc.pyi', 'mypy', true, ['src/calc.py']],
    ['src/calc.pyi', 'mypy', false],
    ['src/calc.pyi', 'pytest', false, ['src/calc.py']],
    ['src/calc.d.ts', 'tsc', true, ['src/calc.js']],
    ['src/types.d.ts', 'tsc', false, ['src/calc.js']],
  ])('%s with %s: %s', ([path, program, expected, there]) => {
    expect(isShadow(path, [program], there)).toBe(expected)
  })
})
