import { expect, test } from 'vitest'
import { failingTests } from '../src/failing-tests.ts'

test.each([
  {
    runner: 'pytest, headings',
    output:
      '___ test_add ___\n\n>   assert 1 == 2\n\n_ test_sum[1-2] _\n___ ERROR at setup of test_b ___\n___ ERROR collecting tests/test_c.py ___\n',
    names: ['test_add', 'test_sum[1-2]', 'test_b', 'tests/test_c.py'],
  },
  {
    runner: 'pytest, as evidence',
    output: '___ test_add\n\n>   assert 1 == 2\n\n___ ERROR at setup of test_b\n_ _ _ _ _\n',
    names: ['test_add', 'test_b'],
  },
  {
    runner: 'cargo, headings',
    output: "---- tests::adds stdout ----\n\nthread 'tests::adds' panicked\n",
    names: ['tests::adds'],
  },
  { runner: 'Jest', output: '  ● sums › adds\n\n    expect(received)\n', names: ['sums › adds'] },
  { runner: 'PHPUnit', output: '1) SumTest::testAdd\nFailed asserting\n', names: ['SumTest::testAdd'] },
  { runner: 'RSpec', output: 'rspec ./sum_spec.rb:3 # Sum adds\n', names: ['Sum adds'] },
  { runner: 'Gradle', output: 'SumTest > adds FAILED\n', names: ['SumTest > adds'] },
  { runner: 'Maven', output: '[ERROR]   SumTest.adds:12 expected: <2> but was: <3>\n', names: ['SumTest.adds'] },
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
