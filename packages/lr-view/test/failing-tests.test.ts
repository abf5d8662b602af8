import { expect, test } from 'vitest'
import { failingTests } from '../src/report/failing-tests.ts'

test.each([
  {
    runner: 'TAP',
    output: 'not ok 1 - adds\nok 2 - subtracts\nnot ok 3 divides # time=2ms\n',
    names: ['adds', 'divides'],
  },
  { runner: 'TAP with todo and skip', output: 'not ok 1 - later # TODO\nnot ok 2 - never # SKIP no\n', names: [] },
  { runner: 'subtests of node:test', output: '    not ok 1 - inner\nnot ok 1 - outer\n', names: ['inner', 'outer'] },
  {
    runner: 'the spec reporter of node:test',
    output: '✔ adds (0.5ms)\n✖ divides (1.25ms)\n✖ failing tests:\n',
    names: ['divides'],
  },
  {
    runner: 'pytest',
    output: 'FAILED tests/test_a.py::test_b[1] - assert 1 == 2\nERROR tests/test_c.py::test_d\n1 failed\n',
    names: ['tests/test_a.py::test_b[1]', 'tests/test_c.py::test_d'],
  },
  {
    runner: 'unittest',
    output: 'FAIL: test_add (test_a.TestAdd.test_add)\nERROR: test_x (test_a.TestAdd.test_x)\n',
    names: ['test_add (test_a.TestAdd.test_add)', 'test_x (test_a.TestAdd.test_x)'],
  },
  {
    runner: 'go test',
    output: '--- FAIL: TestAdd (0.00s)\n    --- FAIL: TestAdd/zero (0.00s)\nFAIL\n',
    names: ['TestAdd', 'TestAdd/zero'],
  },
  { runner: 'cargo test', output: 'test tests::adds ... FAILED\ntest tests::divides ... ok\n', names: ['tests::adds'] },
  { runner: 'Jest', output: '  ✓ adds (2 ms)\n  ✕ divides (3 ms)\n', names: ['divides'] },
  { runner: 'a compiler', output: "a.c:1:1: error: expected ';'\n", names: [] },
])('$runner', ({ output, names }) => {
  expect(failingTests(output)).toEqual(names)
})
