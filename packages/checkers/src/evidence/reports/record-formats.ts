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
  // Maven
  {
    signature: /^\[(?:INFO|ERROR)\] Tests run: \d+/,
    start: /^\[ERROR\] \S.*(?:<<< (?:FAILURE|ERROR)!| (?:FAILURE|ERROR)!)$/,
    end: /^\[|^$/,
    pass: /^\[INFO\] (?:Running |Tests run: \d+, Failures: 0, Errors: 0, .*Time)/,
    noise:
      /^\[INFO\](?! Tests run)|^\[ERROR\] (?:Failures|Errors): $|^\[ERROR\] (?:-> \[Help|Re-run Maven|For more information|\[Help)/,
    listed: NEVER,
  },
  // Gradle
  {
    signature: /^\S.* > .* (?:FAILED|PASSED)$/,
    start: /^\S.* > .* FAILED$/,
    end: /^\S/,
    pass: /^\S.* > .* (?:PASSED|SKIPPED)$/,
    noise: NEVER,
    listed: NEVER,
  },
  // JUnit's console launcher
  {
    signature: /^\[ +\d+ tests (?:failed|successful) +\]$/,
    begins: /^Failures \(\d+\):$/,
    start: /^ {2}JUnit \S/,
    end: /^\S/,
    pass: /(?:\[OK\]|✔)$/,
    noise: NEVER,
    listed: /\[X\]|✘/,
  },
]
