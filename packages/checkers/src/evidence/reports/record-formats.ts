import type { RecordFormat } from './segment.ts'

const NEVER = /^\b$/

/** Reports whose failures are records between two kinds of lines. */
export const RECORD_FORMATS: readonly RecordFormat[] = [
  // mocha, and what prints like it
  {
    signature: /^ {2}\d+ (?:passing|failing)\b/,
    begins: /^ {2}\d+ failing\b/,
    start: /^ {2}\d+\) \S/,
    end: NEVER,
    pass: /^ +[✔✓√] /,
    // Its reporter `list` writes the name of a test before it runs, too.
    noise: /^ {2}[.!,]+$|^ {4}\S.*:$/,
    listed: /^ +\d+\) /,
  },
  // jest
  {
    signature: /^Test Suites: |^(?:PASS|FAIL) \S+\.[cm]?[jt]sx?\b/,
    start: /^ {2}● /,
    end: /^(?:PASS|FAIL) |^Test Suites: |^Summary of all failing tests/,
    pass: /^ +[✓√] |^PASS /,
    noise: /^FAIL |^Summary of all failing tests|^Snapshots: +0 total|^Time: |^Ran all test suites/,
    listed: /^ +[✕×] /,
  },
  // vitest
  {
    signature: /^ *(?:Test Files|Tests) {2}.*\(\d+\)$|^ [❯✓×] .*\(\d+ tests?\b/,
    start: /^ FAIL {2}/,
    end: /^⎯{3,}/,
    pass: /^ *[✓✔] /,
    noise: /^⎯{3,}(?:\[\d+\/\d+\]⎯)?$|^⎯+ Failed (?:Tests|Suites) |^ *❯ |^ +→ |^ *(?:Start at|Duration) {2}/,
    listed: /^ *× /,
  },
  // cargo test
  {
    signature: /^test result: /,
    begins: /^failures:$/,
    start: /^---- .* stdout ----$/,
    end: /^failures:$|^test result: /,
    pass: /^test .* \.\.\. (?:ok|ignored\b.*)$|^test result: ok\./,
    noise:
      /^failures:$|^ {4}\S+$|^running \d+ tests?$|^ +(?:Compiling|Finished|Running|Doc-tests) |^error: test failed, to rerun/,
    listed: /^test .* \.\.\. FAILED$/,
  },
  // unittest
  {
    signature: /^Ran \d+ tests? in /,
    start: /^(?:FAIL|ERROR): \S/,
    end: /^={60,}$|^Ran \d+ tests? in /,
    pass: /^.* \.\.\. (?:ok|skipped .*|expected failure)$/,
    noise: /^={60,}$|^-{60,}$|^[.FEsxu]+$/,
    listed: /^.* \.\.\. (?:FAIL|ERROR)$/,
  },
  // Maven's Surefire; before version 3 without marks at the beginning
  {
    signature: /^(?:\[\w+\] )?Tests run: \d+, Failures: \d+/,
    start: /^(?:\[ERROR\] )?(?!Tests run:)\S.* Time elapsed: .* <<< (?:FAILURE|ERROR)!$/,
    end: /^\[(?:INFO|ERROR|WARNING)\]|^(?:Running \S+|Results ?:|Failed tests: *|Tests in error: *)$|^Tests run: \d/,
    repeats: {
      begins: /^(?:\[ERROR\] (?:Failures|Errors)|Failed tests|Tests in error): *$/,
      ends: /^\[INFO\]|^(?:\[\w+\] )?Tests run: \d/,
    },
    pass: NEVER,
    noise:
      /^\[INFO\](?! Tests run.*[^n] \S+$)|^(?:Running \S+|Results ?:| T E S T S|-{50,})$|^(?:\[\w+\] )?Tests run: .*Time elapsed|^\[ERROR\](?: (?:Please refer to|To see the full|-> \[Help|Re-run Maven|For more information|\[Help|Failed to execute goal .*There are test failures).*)? *$/,
    listed: /^(?:\[ERROR\] )? {2}\S+(?::\d+| »)/,
  },
  // Gradle
  {
    signature: /^\S.* > .* (?:FAILED|PASSED)$/,
    start: /^\S.* > .* FAILED$/,
    end: /^\S/,
    pass: /^\S.* > .* (?:PASSED|SKIPPED)$/,
    noise:
      /^> Task :\S+(?: (?:UP-TO-DATE|NO-SOURCE|FROM-CACHE|SKIPPED|FAILED))?$|^(?:FAILURE: Build failed|BUILD FAILED|\d+ actionable task|\* (?:What went wrong|Try|Get more help)|Execution failed for task '.*[tT]est\w*'|> (?:There were failing tests|Run with|Get more help))/,
    listed: NEVER,
  },
  // JUnit's console launcher
  {
    signature: /^\[ +\d+ tests (?:failed|successful) +\]$/,
    begins: /^Failures \(\d+\):$/,
    start: /^ {2}\S.*:\S/,
    end: /^\S|^$/,
    pass: NEVER,
    noise:
      /^(?:[│├└╷'|+].*)?(?:\[OK\]|✔)$|^[╷.]$|^Thanks for using JUnit|^\[ +\d+ (?:containers .*|tests (?:found|skipped|started|aborted)) +\]$/,
    listed: /^[│├└'|+ ].*(?:\[X\]|✘)/,
  },
  // PHPUnit
  {
    signature: /^PHPUnit [\d.]+ by |^Tests: \d+, Assertions: \d+/,
    begins: /^There (?:was|were) \d+ (?:error|failure|defect)s?:$/,
    start: /^\d+\) \S/,
    end: /^--$|^There (?:was|were) \d+ |^(?:FAILURES|ERRORS|WARNINGS)!$|^Tests: \d|^OK\b/,
    pass: /^(?:Test '.*' ended|Test Passed \(.*\))$/,
    noise:
      /^--$|^(?:FAILURES|ERRORS)!$|^[.FESIRWDNP]+(?: +\d+ \/ \d+ \( *\d+%\))?$|^PHPUnit [\d.]+ by |^Time: |^Test '.*' started$|^Test \w+(?: \w+)* (?:Started|Finished|Prepared|Sorted|Filtered|Configured|Bootstrap.*)\b/,
    listed: NEVER,
  },
  // dotnet test
  {
    signature: /^ *(?:Failed|Passed)! +- Failed: +\d+, Passed: +\d+|^Total tests: \d+$/,
    start: /^ {2,4}Failed \S.*\[.*\]$/,
    end: /^ {2,4}(?:Passed|Skipped|Failed) \S.*|^(?:Failed|Passed)! |^Total tests: |^Test Run |^\[xUnit\.net /,
    pass: /^ {2,4}(?:Passed|Skipped) \S.*\[.*\]$/,
    noise:
      /^\[xUnit\.net |^ +Determining projects to restore|^ +All projects are up-to-date|^Test run for |^VSTest version |^Microsoft \(R\) Test Execution|^Starting test execution|^A total of \d+ test files|^Test Run Failed\.$|^ Total time: /,
    listed: NEVER,
  },
  // test-unit
  {
    signature: /^\d+ tests, \d+ assertions, \d+ failures, \d+ errors, \d+ pendings/,
    start: /^(?:Failure|Error): \S/,
    end: /^={60,}$/,
    pass: /^ {2,}test\S*.*:\t+\.: \(.*\)$/,
    noise:
      /^={60,}$|^-{60,}$|^[.FEPON]+$|^: \(.*\)$|^ {2,}test\S*.*:\t+[A-Z]$|^(?:Loaded suite|Started\b|Finished in )|^\d[\d.]* tests\/s/,
    listed: NEVER,
  },
  // minitest
  {
    signature: /^\d+ runs, \d+ assertions, \d+ failures/,
    start: /^ {2}\d+\) (?:Failure|Error):$/,
    end: /^\d+ runs, |^ {2}\d+\) Skipped:$/,
    pass: /^\S+#.* = [\d.…]+ s = [.S]$/,
    noise: /^Run options: |^# Running:$|^Finished in |^[.FES]+$|^\S+#.* = [\d.…]+ s = [FE]$|^You have skipped tests/,
    listed: NEVER,
  },
  // deno test
  {
    signature: /^(?:ok|FAILED) \| \d+ passed/,
    begins: /^ ERRORS ?$/,
    start: /^\S.* => \S+:\d+:\d+$/,
    end: /^ FAILURES ?$|^(?:ok|FAILED) \| \d+ passed/,
    repeats: { begins: /^ FAILURES ?$/, ends: /^(?:ok|FAILED) \| \d+ passed/ },
    pass: /^.* \.\.\. (?:ok|ignored)(?: \(.*\))?$/,
    noise: /^running \d+ tests? from |^ (?:ERRORS|FAILURES) ?$|^error: Test failed$|^[.!,]$/,
    listed: /^.* \.\.\. FAILED(?: \(.*\))?$/,
  },
  // ScalaTest, behind sbt or not
  {
    signature: /^(?:\[info\] )?(?:Run completed in |Tests: succeeded \d+, failed \d+)/,
    start: /^(?:\[info\] )? *- .*\*\*\* FAILED \*\*\*/,
    end: /^(?:\[info\] )(?: *- |\S)|^(?!\[info\] )(?: *- |\S)/,
    pass: /^(?:\[info\] )? *- (?!.*\*\*\* FAILED)/,
    noise:
      /^\[error\] (?:Failed tests:|\t|\(.*TestsFailedException)|^(?:\[info\] )?(?:Total number of tests run|Suites: completed)/,
    listed: NEVER,
  },
  // dart test, flutter test
  {
    signature: /^\d\d:\d\d \+\d+(?: ~\d+)?(?: -\d+)?: /,
    start: /^\d\d:\d\d \+\d+.*: .* \[E\]$/,
    end: /^\d\d:\d\d \+\d+/,
    pass: NEVER,
    // A line is written when a test begins, and a second one if it fails.
    noise: /^\d\d:\d\d \+\d+(?: ~\d+)?(?: -\d+)?: (?!Some tests failed|.*\[E\]$)/,
    listed: NEVER,
  },
  // Swift Testing
  {
    signature: /^\S Test run started\.$/,
    start: /^[✘✗] Test (?!run with).* recorded an issue\b/,
    end: /^[◇✔✘✗] /,
    pass: /^✔ Test (?!run with)/,
    noise: /^◇ |^✘ (?:Test|Suite) (?!run with).* failed after|^↳ Testing Library Version/,
    listed: NEVER,
  },
]
