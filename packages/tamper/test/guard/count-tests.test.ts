import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCounts } from '../../src/compare.ts'
import { countTests } from '../../src/count-tests.ts'

test.each<[string, string, number, number]>([
  ['pytest', '..F\n1 failed, 2 passed in 0.05s\n', 3, 0],
  ['pytest, at length', '=== 2 passed, 1 skipped, 1 xfailed, 1 xpassed, 2 deselected in 1.20s ===\n', 5, 3],
  ['pytest, an error in the teardown of a test', '1 passed, 1 error in 0.05s\n', 1, 0],
  ['pytest, twice', '3 passed in 0.05s\n4 passed, 1 skipped in 0.05s\n', 8, 1],
  ['unittest', 'Ran 4 tests in 0.001s\n\nOK (skipped=1, expected failures=1)\n', 4, 2],
  ['node --test', '# tests 4\n# suites 1\n# pass 2\n# fail 0\n# cancelled 0\n# skipped 1\n# todo 1\n', 4, 2],
  ['tape', 'TAP version 13\n# adds\nok 1 a\nok 2 b\n# SKIP later\n\n1..2\n# tests 2\n# pass  2\n\n# ok\n', 2, 1],
  ['jest', 'Test Suites: 1 passed, 1 total\nTests:       1 failed, 1 skipped, 1 todo, 2 passed, 5 total\n', 5, 2],
  ['vitest', ' Test Files  1 passed (1)\n      Tests  1 failed | 3 passed | 1 skipped (5)\n', 5, 1],
  [
    'prove',
    't/a.t .. ok\nt/b.t .. skipped: no network\nAll tests successful.\nFiles=2, Tests=7,  0 wallclock secs\n',
    7,
    1,
  ],
  ['phpunit', 'OK (5 tests, 9 assertions)\n', 5, 0],
  ['phpunit, not all of them', 'Tests: 5, Assertions: 9, Failures: 1, Skipped: 2.\n', 5, 2],
  [
    'cargo',
    'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n',
    6,
    1,
  ],
  ['mocha', '  5 passing (8ms)\n  1 pending\n  2 failing\n', 8, 1],
  ['go test -v', '=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n--- SKIP: TestB (0.00s)\nPASS\n', 2, 1],
  ['minitest', '2 runs, 3 assertions, 1 failures, 0 errors, 1 skips\n', 2, 1],
  ['test-unit', '4 tests, 4 assertions, 1 failures, 0 errors, 1 pendings, 1 omissions, 0 notifications\n', 4, 2],
  ['rspec', '3 examples, 1 failure, 1 pending\n', 3, 1],
  ['jasmine', '3 specs, 0 failures\n', 3, 0],
  ['ExUnit', '1 doctest, 5 tests, 1 failure, 2 excluded\n', 5, 0],
  [
    'Maven',
    '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in A\n[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1\n',
    3,
    1,
  ],
  ['JUnit’s console', '[         3 tests found           ]\n[         1 tests skipped         ]\n', 3, 1],
  ['dotnet', 'Passed!  - Failed:     0, Passed:     2, Skipped:     1, Total:     3, Duration: 5 ms\n', 3, 1],
  [
    'GoogleTest',
    '[==========] 3 tests from 1 test suite ran. (0 ms total)\n[  SKIPPED ] 1 test, listed below:\n',
    3,
    1,
  ],
  ['CTest', '100% tests passed, 0 tests failed out of 3\n', 3, 0],
  ['Catch2', 'All tests passed (5 assertions in 3 test cases)\n', 3, 0],
  ['Catch2, not all of them', 'test cases: 3 | 2 passed | 1 failed\n', 3, 0],
  ['Unity', '3 Tests 1 Failures 1 Ignored\nFAIL\n', 3, 1],
  ['busted', '2 successes / 1 failure / 0 errors / 1 pending : 0.01 seconds\n', 4, 1],
  ['Deno', 'ok | 3 passed | 0 failed | 1 ignored (5ms)\n', 4, 1],
  ['Bun', ' 2 pass\n 1 skip\n 0 fail\nRan 3 tests across 1 file. [5.00ms]\n', 3, 1],
  ['Swift', 'Executed 3 tests, with 0 failures (0 unexpected) in 0.1 seconds\n', 3, 0],
  ['TAP', '1..3\nok 1\nnot ok 2\nok 3 # SKIP later\n', 3, 1],
])('%s', (_, output, tests, skipped) => {
  expect(countTests(output)).toEqual({ tests, skipped })
})

test.each([
  ['nothing', ''],
  ['go test, which prints only what fails', '--- FAIL: TestA (0.00s)\nFAIL\n'],
  ['prose', 'I passed 3 exams in 2 years, not ok 1\n'],
])('%s counts no tests', (_, output) => {
  expect(countTests(output)).toBeUndefined()
})

const counts = fc.record({ tests: fc.nat(50), skipped: fc.nat(50), files: fc.nat(50) })

test('more of everything is never less, and fewer tests that run are always told of', () => {
  fc.assert(
    fc.property(counts, counts, (before, more) => {
      const grown = { tests: before.tests + more.tests, skipped: before.skipped, files: before.files + more.files }
      expect(compareCounts(before, grown)).toEqual([])
      const ran = before.tests - before.skipped
      const fewer = { ...grown, skipped: grown.tests - ran + 1 }
      expect(compareCounts(before, fewer)).toEqual([expect.stringContaining('skipped tests')])
    }),
  )
})
