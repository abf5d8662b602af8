import { isBlock, parseStream } from '@loop-runner/block-format'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { readTap } from '../../src/running/review-tap.ts'

test.each<[string, ReturnType<typeof readTap>]>([
  ['ok then\n', undefined],
  ['1..3 is a range\n', undefined],
  ['TAP version 13\nok 1 a\nnot ok 2 b\n1..2\n', { failures: 1, passes: 1, isIncomplete: false }],
  ['ok 1 a\nok 2 b # SKIP\nnot ok 3 c # TODO\n1..3\n', { failures: 0, passes: 1, isIncomplete: false }],
  ['1..2\nok 1 a\n', { failures: 0, passes: 1, isIncomplete: true }],
  ['TAP version 14\nok 1 a\n', { failures: 0, passes: 1, isIncomplete: true }],
  ['TAP version 13\n1..0 # skip\n', { failures: 0, passes: 0, isIncomplete: false }],
  ['1..900\nok 1\n[… 899 lines left out …]\n', { failures: 0, passes: 1, isIncomplete: false }],
])('as TAP: %j', (printed, tap) => {
  expect(readTap(printed)).toEqual(tap)
})

const PRINTS_TAP = (...lines: string[]) => ['--', 'printf', '%s\\n', ...lines]

test.each<[string, readonly string[], string, number]>([
  ['a failed test in TAP, exit code 0', PRINTS_TAP('1..1', 'not ok 1 a'), 'fail', 1],
  ['an unfinished plan, exit code 0', PRINTS_TAP('1..2', 'ok 1 a'), 'fail', 1],
  ['a plan without tests', PRINTS_TAP('TAP version 13', '1..0'), 'none', 3],
  ['a failed assertion', ['--', 'node', '-e', 'console.assert(false)'], 'pass', 0],
  ['a failed assertion, --strict', ['--strict', '--', 'node', '-e', 'console.assert(false)'], 'none', 3],
  ['0 passed, --strict', ['--strict', '--', 'echo', '0 passed'], 'none', 3],
  ['a traceback, --strict', ['--strict', '--', 'echo', 'Traceback (most recent call last):'], 'none', 3],
  ['a crash, --strict', ['--strict', '--', 'echo', 'panic: runtime error'], 'none', 3],
  [
    'an exception of Java, --strict',
    ['--strict', '--', 'echo', 'Exception in thread "main" java.lang.AssertionError: 5'],
    'none',
    3,
  ],
  ['a panic of Rust, --strict', ['--strict', '--', 'echo', "thread 'main' panicked at src/main.rs:2:5:"], 'none', 3],
  [
    'a panic of newer Rust, --strict',
    ['--strict', '--', 'echo', "thread 'main' (4242) panicked at src/main.rs:2:5:"],
    'none',
    3,
  ],
  [
    'a fatal error of PHP, --strict',
    ['--strict', '--', 'echo', 'PHP Fatal error:  Uncaught AssertionError: assert(f() === 1) in t.php:3'],
    'none',
    3,
  ],
  [
    'an assertion of C, --strict',
    ['--strict', '--', 'echo', "t: t.c:5: main: Assertion `f() == 1' failed."],
    'none',
    3,
  ],
  [
    'an assertion of PHP, --strict',
    ['--strict', '--', 'echo', 'Warning: assert(): assert(f() === 1) failed in t.php on line 3'],
    'none',
    3,
  ],
  [
    'an exception of .NET, --strict',
    ['--strict', '--', 'echo', 'Unhandled exception. System.Exception: no'],
    'none',
    3,
  ],
  [
    'an error of Elixir, --strict',
    ['--strict', '--', 'echo', '** (MatchError) no match of right hand side value: 1'],
    'none',
    3,
  ],
  ['an error of Lua, --strict', ['--strict', '--', 'echo', 'lua5.4: t.lua:1: assertion failed!'], 'none', 3],
  [
    'a sanitizer, --strict',
    ['--strict', '--', 'echo', '==4242==ERROR: AddressSanitizer: heap-buffer-overflow'],
    'none',
    3,
  ],
  [
    'a word that is no crash, --strict',
    ['--strict', '--', 'echo', 'ok 3 - prints Exception in thread "main"'],
    'pass',
    0,
  ],
  ['no passed test of Mocha, --strict', ['--strict', '--', 'echo', '  0 passing (1ms)'], 'none', 3],
  ['failed tests of pytest, --strict', ['--strict', '--', 'echo', '=== 3 failed, 2 passed in 0.01s ==='], 'none', 3],
  ['failed tests in words, --strict', ['--strict', '--', 'echo', '2 passed, 3 failed'], 'none', 3],
  ['failed tests of Jest, --strict', ['--strict', '--', 'echo', 'Tests:       1 failed, 2 passed, 3 total'], 'none', 3],
  ['failed tests of unittest, --strict', ['--strict', '--', 'echo', 'FAILED (failures=1)'], 'none', 3],
  ['nothing collected, --strict', ['--strict', '--', 'echo', 'collected 0 items'], 'none', 3],
  ['a missing command, --strict', ['--strict', '--', 'sh', '-c', 'no-such-tool; true'], 'none', 3],
  [
    'a missing command of bash, --strict',
    ['--strict', '--', 'echo', 't.sh: line 3: foo: command not found'],
    'none',
    3,
  ],
  ['a page that is not found, --strict', ['--strict', '--', 'echo', 'GET /a: 404 not found'], 'pass', 0],
  ['failures that are counted, --strict', ['--strict', '--', 'echo', '3 failed logins were logged'], 'pass', 0],
  ['a tested number, --strict', ['--strict', '--', 'echo', 'test 10 passed; 0 failed'], 'pass', 0],
  ['nothing doubtful, --strict', ['--strict', '--', 'echo', '10 passed'], 'pass', 0],
])('%s', async (_, args, outcome, code) => {
  using folder = tempFolder()
  const { status, stdout } = await run('lr-check', args, { cwd: folder.path })
  const block = parseStream(stdout).find((part) => isBlock(part) && part.name === 'outcome')
  expect([block && isBlock(block) ? block.content.trim() : '', status]).toEqual([outcome, code])
})

test.skipIf(!hasProgram('python3')).each([
  [['python3', '-O', 'a.py'], 3],
  [['python3', '-OO', '-B', 'a.py'], 3],
  [['env', 'PYTHONOPTIMIZE=1', 'python3', 'a.py'], 3],
  [['python3', 'a.py', '-O'], 0],
  [['python3', 'a.py'], 3, { PYTHONOPTIMIZE: '1' }],
  [['python3', 'a.py'], 0, { PYTHONOPTIMIZE: '' }],
  [['cat', 'a.py'], 0, { PYTHONOPTIMIZE: '1' }],
] as const)('assertions that Python leaves out: %s', async (command, code, env?: Readonly<Record<string, string>>) => {
  using folder = tempFolder({ 'a.py': 'assert True\n' })
  const { status, stderr } = await run('lr-check', ['--strict', '--', ...command], { cwd: folder.path, env: env ?? {} })
  expect(status, stderr).toBe(code)
})

test.each([
  ['test', 'node', '--test'],
  ['none of its own', 'node', '--test', 'a.test.js'],
])('a guarded check whose tests are all deleted fails (%s)', async (_, ...command) => {
  const one = "require('node:test')('adds', () => {})\n"
  using folder = tempFolder({ 'a.test.js': one, 'a.js': 'exports.a = 1\n' })
  const args = ['--guard', 'guard.json', '--allow', '*.test.js', 'a.js', '--', ...command]
  expect((await run('lr-check', args, { cwd: folder.path })).status).toBe(0)
  await run('sh', ['-c', 'echo > a.test.js'], { cwd: folder.path })
  const { status, stdout } = await run('lr-check', args, { cwd: folder.path })
  expect(status, stdout).toBe(1)
  expect(stdout).toContain('lr-check: no test ran, but 1 at first (put the tests back)\n')
})
