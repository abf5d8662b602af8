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
    noise: /^ {2}[.!,]+$/,
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
]
