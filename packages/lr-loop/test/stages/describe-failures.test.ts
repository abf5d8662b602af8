import { parseStream } from '@loop-runner/block-format'
import { expect, test } from 'vitest'
import { describeFailures } from '../../src/stages/describe-failures.ts'

const block = (name: string, content: string) => `<<<< ${name} <<<<\n${content}>>>>>>>>\n`
const run = (command: string, outcome: string, ...blocks: string[]) =>
  `<<<<<<<<\n${command}\n>>>>>>>>\n${block('outcome', `${outcome}\n`)}${blocks.join('')}`

const TAP = `not ok 1 - adds
  location: 'sum.test.js:2:1'
  error: '-1 == 3'
not ok 3 - negates
  location: 'sum.test.js:9:1'
# pass 1
# fail 2
`
const UNITTEST = `FAIL: test_x (test_a.T.test_x)
Traceback (most recent call last):
  File "test_a.py", line 3, in test_x
AssertionError: 1 != 2

FAILED (failures=1)
`
const PYTEST = `tests/test_a.py:4: AssertionError
FAILED tests/test_a.py::test_add - assert 1 == 2
FAILED tests/test_a.py::test_sub - assert 3 == 2
2 failed, 7 passed in 0.03s
`
const PYTEST_SHORT = `___ test_add
tests/test_a.py:4: in test_add
    assert add(1, 1) == 2
E   assert 3 == 2
___ TestSub.test_sub

2 failed, 7 passed in …
`
const PYLINT = `************* Module a
a.py:4:10: C0103: Argument name "s" is short (invalid-name)
a.py:6:4: W0611: Unused import os (unused-import)
a.py:9:0: E1101: an error (no-member)

Your code has been rated at 2.67/10
`
const PYTEST_LINE = '2 failed: FAILED tests/test_a.py::test_add - assert 1 == 2'

test.each([
  ['node --test', block('stdout', TAP), '2 failed: not ok 1 - adds (sum.test.js:2:1)'],
  ['unittest', block('stderr', UNITTEST), '1 failed: FAIL: test_x (test_a.T.test_x) (test_a.py:3)'],
  ['pytest', block('stdout', PYTEST), '2 failed: FAILED tests/test_a.py::test_add - assert 1 == 2'],
  [
    'pytest, as lr-check prints it',
    block('stdout', PYTEST_SHORT),
    '2 failed: test_add: assert 3 == 2 (tests/test_a.py:4)',
  ],
  ['pytest without --tb=short', block('stdout', '____ test_add ____\n\n1 failed in …\n'), '1 failed: test_add'],
  ['a time that was taken out', block('stdout', '3 failed, 1 passed in …\n'), '3 failed, 1 passed'],
  [
    'places in front of a rating',
    block('stdout', PYLINT),
    'a.py:4:10: C0103: Argument name "s" is short (invalid-name) (and 2 more)',
  ],
  ['the first finding', `${block('findings', 'a:1: x\n')}${block('stdout', TAP)}`, 'a:1: x'],
  ['how many findings', block('findings', 'a:1: x\nb:2: y\nc:3: z\n'), 'a:1: x (and 2 more)'],
  [
    'lr-score',
    block('stdout', 'score: 0.5 a.md: no title\nscore: 0.5 a.md: too long\n'),
    'a.md: no title (and 1 more)',
  ],
  ['text beside a score', block('stdout', 'no title\nscore: 0.25\n'), 'no title'],
  ['a score as a fraction', block('stdout', 'score: 1/3\n') + block('stderr', 'only 1 of 3\n'), 'only 1 of 3'],
  ['the last line that mentions a failure', block('stdout', 'one\nerror: x\ntwo\n'), 'error: x'],
  ['else the last line', `${block('stdout', 'one\ntwo\n\n')}${block('stderr', '')}`, 'two'],
  ['no control characters', block('stdout', '\u001b[31merror\u0007\n'), '␛[31merror␇'],
  ['no more than 200 characters', block('stdout', `${'x'.repeat(300)}\n`), 'x'.repeat(200)],
  ['nothing if nothing was printed', block('status', '1\n'), ''],
])('a failing run in one line: %s', (_title, printed, expected) => {
  expect(describeFailures(parseStream(run('check', 'fail', printed)))).toBe(expected)
  expect(describeFailures(parseStream(printed))).toBe(expected)
})

test.each([
  ['a time limit', 'timeout', '', 'did not end in time (--check-timeout)'],
  [
    'a time limit, beside what was printed',
    'timeout',
    block('stdout', 'hello\n'),
    'did not end in time (--check-timeout): hello',
  ],
  ['a signal', 'killed', block('stdout', TAP), 'was killed: 2 failed: not ok 1 - adds (sum.test.js:2:1)'],
])('a run that was stopped says so first: %s', (_title, outcome, printed, expected) => {
  expect(describeFailures(parseStream(run('check', outcome, printed)))).toBe(expected)
})

const TAMPERING = 'lr-check: tampered: tests: 3 at first, 1 now\nlr-check: tampered: test "b": ran at first, not now\n'

test.each([
  ['a tampered run', 'error: tampered', 'tampered: tests: 3 at first, 1 now'],
  ['a check that prints such a line itself', 'fail', '2 failed: not ok 1 - adds (sum.test.js:2:1)'],
])('%s: %s', (_title, outcome, expected) => {
  const printed = block('stdout', TAP) + block('stderr', TAMPERING)
  expect(describeFailures(parseStream(run('node --test', outcome, printed)))).toBe(expected)
})

const LINT = run('ruff check a.py', 'fail', block('findings', 'a.py:1:1: error F401 unused\na.py:2:1: error E1 x\n'))
const TESTS = run('pytest -q', 'fail', block('stdout', PYTEST))

test.each([
  ['runs that pass are left out', run('mypy', 'pass', block('stdout', 'error: none\n')) + TESTS, PYTEST_LINE],
  [
    'each failing run by its command',
    LINT + TESTS,
    `ruff check a.py: a.py:1:1: error F401 unused (and 1 more); pytest -q: ${PYTEST_LINE}`,
  ],
  [
    'one of them stopped',
    run('a', 'timeout') + run('b', 'fail', block('stdout', 'no\n')),
    'a: did not end in time (--check-timeout); b: no',
  ],
  ['a run without output', run('false', 'fail') + run('mypy', 'timed out'), 'false: fails; mypy: fails'],
  [
    'more than three are counted',
    ['a', 'b', 'c', 'd', 'e'].map((name) => run(name, 'fail', block('stdout', 'no\n'))).join(''),
    'a: no; b: no; c: no; 2 more checks fail',
  ],
])('several runs: %s', (_title, checked, expected) => {
  expect(describeFailures(parseStream(checked))).toBe(expected)
})
