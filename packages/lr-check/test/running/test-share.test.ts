import { expect, test } from 'vitest'
import { shareOfTests } from '../../src/running/test-share.ts'

const GO_FAILS = (name: string) => `--- FAIL: ${name} (0.00s)\n    m_test.go:13: no\n`

test.each<[runner: string, output: string, share: number]>([
  ['go test, packages', 'ok  \tm/a\t0.002s\nok  \tm/b\t(cached)\n?   \tm/c\t[no test files]\n', 1],
  ['go test, one of them', `ok  \tm/a\t0.002s\n${GO_FAILS('TestA')}FAIL\nFAIL\tm/b\t0.003s\nFAIL\n`, 2 / 4],
  ['go test, one failing test', `${GO_FAILS('TestA')}FAIL\nFAIL\tm\t0.003s\nFAIL\n`, 1 / 3],
  ['go test, two', `${GO_FAILS('TestA')}${GO_FAILS('TestB')}FAIL\nFAIL\tm\t0.003s\nFAIL\n`, 1 / 4],
  ['go test, no result', 'panic: test timed out after 1s\nFAIL\tm\t1.003s\nFAIL\n', 0],
  ['go test, no build', 'ok  \tm/a\t0.002s\nFAIL\tm/b [build failed]\nFAIL\n', 1 / 2],
  [
    'go test -v',
    `=== RUN   TestA\n${GO_FAILS('TestA')}=== RUN   TestB\n--- PASS: TestB (0.00s)\nFAIL\tm\t0.1s\n`,
    1 / 2,
  ],
  [
    'cargo nextest',
    '    test result: FAILED. 0 passed; 1 failed; 0 ignored; finished in 0.00s\n     Summary [   1.101s] 4 tests run: 3 passed (1 slow), 1 failed, 0 skipped\n',
    3 / 4,
  ],
  ['gotestsum', 'DONE 4 tests, 1 skipped, 1 failure in 0.012s\n', 3 / 4],
  ['Alcotest', '1 failure! in 0.011s. 4 tests run.\n', 3 / 4],
  ['busted', '3 successes / 1 failure / 0 errors / 0 pending : 0.05 seconds\n', 3 / 4],
  ['clojure.test', 'Ran 4 tests containing 9 assertions.\n1 failures, 0 errors.\n', 3 / 4],
  ['dart test', '00:00 +1: a.dart: one\n00:01 +3 ~1 -1: Some tests failed.\n', 3 / 4],
  ['elm-test', 'TEST RUN FAILED\n\nDuration: 120 ms\nPassed:   3\nFailed:   1\n', 3 / 4],
  ['Julia', 'ERROR: LoadError: Some tests did not pass: 3 passed, 0 failed, 1 errored, 0 broken.\n', 3 / 4],
  [
    'Meson',
    'Ok:                 3   \nExpected Fail:      0   \nFail:               0   \nTimeout:            1   \n',
    3 / 4,
  ],
  ['Pest', '  Tests:    1 failed, 3 passed (4 assertions)\n', 3 / 4],
  ['ScalaTest', '[info] Tests: succeeded 3, failed 1, canceled 0, ignored 0, pending 0\n', 3 / 4],
  [
    'Swift Testing',
    '✘ Test "a" recorded an issue at A.swift:1:2: no\n✘ Test "a" failed after 0.001 seconds with 2 issues.\n✘ Suite B failed after 0.002 seconds with 2 issues.\n✘ Test run with 4 tests in 1 suite failed after 0.010 seconds with 2 issues.\n',
    3 / 4,
  ],
  ['tap-dot', '\n  3 tests passed\n  1 test failed\n', 3 / 4],
  ['Jasmine', '4 specs, 1 failure\nFinished in 0.02 seconds\n', 3 / 4],
  ['Playwright', '  1 failed\n    [chromium] › a.spec.ts:3:1 › a\n  3 passed (4.0s)\n', 3 / 4],
  ['Cucumber', '4 scenarios (1 failed, 3 passed)\n9 steps (1 failed, 8 passed)\n', 3 / 4],
  ['behave', '3 scenarios passed, 1 failed, 0 skipped\n', 3 / 4],
  ['testthat', '[ FAIL 1 | WARN 0 | SKIP 0 | PASS 3 ]\n', 3 / 4],
  ['Pester', 'Tests Passed: 3, Failed: 1, Skipped: 0 NotRun: 0\n', 3 / 4],
  ['doctest', '[doctest] test cases: 4 | 3 passed | 1 failed | 0 skipped\n', 3 / 4],
  ['two runners', '4 specs, 1 failure\n================ 1 failed, 3 passed in 0.10s ================\n', 6 / 8],
])('%s', (_runner, output, share) => {
  expect(shareOfTests(output)).toBeCloseTo(share, 6)
})

test.each(['', 'done\n', '3 errors in 2.0s\n'])('%j is no report', (output) => {
  expect(shareOfTests(output) ?? 0).toBe(0)
})
