import { expect, test } from 'vitest'
import { BUILT_IN_CHECKERS } from '@loop-runner/checker-table'
import { writeFinding } from '../../src/findings/finding.ts'
import { readFindings } from '../../src/findings/read-findings.ts'

const FILES = new Set(['src/a.py', 'a.py', 'a.js', 'a.ts', 'm/a.go', 'a.sh', 'a b.c', 'm/a_test.go', 'src/lib.rs'])

function read(checker: string, stdout: string, folder = '.'): string {
  const context = { cwd: '/tree/x', folder, isFile: (path: string) => FILES.has(path) }
  return readFindings({ stdout, stderr: '' }, BUILT_IN_CHECKERS[checker], context).map(writeFinding).join('')
}

test.each<[string, string, string]>([
  ['ruff', 'src/a.py:1:8: F401 [*] `os` imported but unused\n', 'src/a.py:1:8: error F401 `os` imported but unused\n'],
  ['ruff', 'a.py:1:7: SyntaxError: Expected an expression\n', 'a.py:1:7: error SyntaxError Expected an expression\n'],
  [
    'pylint',
    'a.py:3:0: W0311: Bad indentation (bad-indentation)\n',
    'a.py:3:1: warning W0311 Bad indentation (bad-indentation)\n',
  ],
  [
    'flake8',
    "a.py:1:1: F401 'os' imported\na.py:2:1: W291 blank\n",
    "a.py:1:1: error F401 'os' imported\na.py:2:1: warning W291 blank\n",
  ],
  [
    'mypy',
    'a.py:3:14: error: Name "x" is not defined  [name-defined]\n',
    'a.py:3:14: error name-defined Name "x" is not defined\n',
  ],
  ['pytest', 'a.py:2: in test_a\n    assert 1 == 2\nE   assert 1 == 2\n', 'a.py:2: error assert 1 == 2\n'],
  [
    'pytest',
    '>   assert f(1) == 2\nE   assert 1 == 2\nE    +  where 1 = f(1)\n\na.py:2: AssertionError\n',
    'a.py:2: error assert 1 == 2\n',
  ],
  [
    'pytest',
    '/usr/lib/python3/site.py:9: in load\n    mod()\nE     File "/tree/x/a.py", line 1\nE       def f(:\nE   SyntaxError: invalid syntax\n',
    'a.py:1: error SyntaxError: invalid syntax\n',
  ],
  [
    'eslint',
    "\n/tree/x/a.js\n  2:3  error    Unexpected 'debugger'  no-debugger\n  4:1  warning  Parsing\n",
    "a.js:2:3: error no-debugger Unexpected 'debugger'\na.js:4:1: warning Parsing\n",
  ],
  ['tsc', "a.ts(1,14): error TS2322: Type 'x'\n", "a.ts:1:14: error TS2322 Type 'x'\n"],
  ['go-vet', 'vet: ./a.go:3:23: undeclared name\n', ''],
  ['go-test', '--- FAIL: TestAdd (0.00s)\n    m/a_test.go:7: got -1\n', 'm/a_test.go:7: error got -1\n'],
  [
    'cargo-test',
    "thread 'tests::adds' (42) panicked at src/lib.rs:9:9:\nassertion failed\n",
    'src/lib.rs:9:9: error tests::adds assertion failed\n',
  ],
  [
    'cargo-test',
    "thread 'adds' panicked at 'assertion failed: `(left == right)`\n  left: `-1`,\n right: `3`', src/lib.rs:6:14\n",
    'src/lib.rs:6:14: error adds assertion failed: `(left == right)`\n',
  ],
  ['bash-syntax', "a.sh: line 1: syntax error near `then'\n", "a.sh:1: error syntax error near `then'\n"],
  ['gcc', 'a b.c:1:30: fatal error: nope.h: No such file\n', 'a b.c:1:30: error nope.h: No such file\n'],
  ['script', 'a.py:3: oops\na.py:3: oops\nother.py:1: not ours\nat 10:30: no path\n', 'a.py:3: error oops\n'],
  [
    'script',
    'Traceback (most recent call last):\n  File "/tree/x/a.py", line 4, in f\n    g()\nValueError: bad\n',
    'a.py:4: error ValueError: bad\n',
  ],
  [
    'script',
    '{"runs":[{"results":[{"ruleId":"R1","level":"note","message":{"text":"two\\nlines"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"file:///tree/x/src/a.py"},"region":{"startLine":3,"startColumn":5}}}]}]}]}',
    'src/a.py:3:5: note R1 two lines\n',
  ],
  [
    'script',
    '{"diagnostics":[{"message":"m","severity":"WARNING","code":{"value":"c"},"location":{"path":"a.py","range":{"start":{"line":2}}}}]}',
    'a.py:2: warning c m\n',
  ],
  [
    'script',
    '[{"filePath":"/tree/x/a.js","messages":[{"ruleId":null,"severity":1,"message":"m","line":1,"column":2}]}]',
    'a.js:1:2: warning m\n',
  ],
  [
    'script',
    '<?xml version="1.0"?><testsuites><testcase classname="src.a" name="test_a" time="1"><failure message="assert 1 &lt; 0">x</failure></testcase><testcase classname="a" name="ok" time="1"/></testsuites>',
    'src/a.py: error test_a assert 1 < 0\n',
  ],
  [
    'script',
    'TAP version 13\nnot ok 1 - adds\n  ---\n  operator: equal\n  at: Test.<anonymous> (/tree/x/a.js:3:5)\n  ...\n',
    'a.js:3:5: error adds\n',
  ],
  ['script', 'a.py(3,5): error X12: oops\na.js(4): warning : hm\n', 'a.py:3:5: error X12 oops\na.js:4: warning hm\n'],
  ['script', '{"not": "a report"}\na.py:1: but text\n', 'a.py:1: error but text\n'],
])('%s: %j', (checker, stdout, findings) => {
  expect(read(checker, stdout)).toBe(findings)
})

test('paths of a checker that ran in a folder are seen from the working directory', () => {
  expect(read('go-vet', 'vet: ./a.go:3:23: undeclared name\n', 'm')).toBe('m/a.go:3:23: error undeclared name\n')
  expect(read('tsc', '../a.ts(1,2): error TS1: x\n../../a.ts(1,2): error TS1: y\n', 'm')).toBe(
    'a.ts:1:2: error TS1 x\n',
  )
})
