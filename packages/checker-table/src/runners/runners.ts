import type { Runner } from './runner.ts'

/**
 * Runners that are not in the table of checkers. Where tests are counted, the first with a test counts; TAP is last, since
 * other runners print its plan too.
 */
export const RUNNERS: readonly Runner[] = [
  // PHPUnit
  {
    summary: {
      tests: [/^OK \((\d+) tests?,/gm, /^Tests: (\d+), Assertions: /gm],
      skipped: [/^Tests: .*\b(?:Skipped|Incomplete): (\d+)/gm],
    },
    tallies: [
      {
        passed: [],
        total: /^Tests: (\d+), Assertions: /gm,
        failed: [/^Tests: .*\bErrors: (\d+)/gm, /^Tests: .*\bFailures: (\d+)/gm],
      },
    ],
  },
  // Minitest, then test-unit
  {
    summary: {
      tests: [/^(\d+) (?:runs|tests), \d+ assertions, /gm],
      skipped: [/^\d+ (?:runs|tests), .*?\b(\d+) (?:skips|omissions)/gm, /^\d+ tests, .*?\b(\d+) pendings/gm],
    },
    tallies: [
      { passed: [], total: /^(\d+) runs, /gm, failed: [/^\d+ runs, \d+ assertions, (\d+) failures, (\d+) errors/gm] },
      {
        passed: [],
        total: /^(\d+) tests, \d+ assertions, /gm,
        failed: [/^\d+ tests, \d+ assertions, (\d+) failures, (\d+) errors/gm],
      },
    ],
  },
  // RSpec, then bats and ExUnit, then Jasmine
  {
    summary: {
      tests: [/^(?:\d+ doctests?, )?(\d+) (?:examples?|specs?|tests?), \d+ failures?\b/gm],
      skipped: [/^\d+ (?:examples?|specs?|tests?), .*?\b(\d+) (?:pending|skipped)/gm],
    },
    tallies: [
      { passed: [], total: /^(\d+) examples?, \d+ failures?/gm, failed: [/^\d+ examples?, (\d+) failures?/gm] },
      { passed: [], total: /^(\d+) tests?, (?:no|\d+) failures?\b/gm, failed: [/^\d+ tests?, (\d+) failures?\b/gm] },
      { passed: [], total: /^(\d+) specs?, \d+ failures?\b/gm, failed: [/^\d+ specs?, (\d+) failures?\b/gm] },
    ],
  },
  // Maven, once for each module: the sum has no time
  {
    summary: {
      tests: [/^(?:\[\w+\] )?Tests run: (\d+),(?!.*Time elapsed)/gm],
      skipped: [/^(?:\[\w+\] )?Tests run: .*Skipped: (\d+)(?!.*Time elapsed)/gm],
    },
    tallies: [
      {
        passed: [],
        total: /^(?:\[\w+\] )?Tests run: (\d+), Failures: \d+, Errors: \d+, Skipped: \d+$/gm,
        failed: [/^(?:\[\w+\] )?Tests run: \d+, Failures: (\d+), Errors: (\d+), Skipped: \d+$/gm],
      },
    ],
  },
  // JUnit's console launcher
  {
    summary: { tests: [/^\[ +(\d+) tests found +\]$/gm], skipped: [/^\[ +(\d+) tests skipped +\]$/gm] },
    tallies: [{ passed: [/^\[ +(\d+) tests successful +\]$/gm], failed: [/^\[ +(\d+) tests failed +\]$/gm] }],
  },
  // dotnet test; with more words it sums up in several lines
  {
    summary: {
      tests: [/^(?:Passed|Failed)! .*\bTotal: +(\d+)/gm],
      skipped: [/^(?:Passed|Failed)! .*\bSkipped: +(\d+)/gm],
    },
    tallies: [
      {
        passed: [/^ *(?:Failed|Passed)! +- Failed: +\d+, Passed: +(\d+)/gm, /^ {5}Passed: (\d+)$/gm],
        failed: [/^ *(?:Failed|Passed)! +- Failed: +(\d+), Passed: /gm, /^ {5}Failed: (\d+)$/gm],
      },
    ],
  },
  // GoogleTest
  {
    summary: { tests: [/^\[=+\] (\d+) tests? from .* ran\./gm], skipped: [/^\[ +SKIPPED +\] (\d+) tests?/gm] },
    tallies: [
      {
        passed: [/^\[ {2}PASSED {2}\] (\d+) tests?\./gm],
        failed: [/^\[ {2}FAILED {2}\] (\d+) tests?, listed below:/gm],
      },
    ],
  },
  // CTest
  {
    summary: { tests: [/^\d+% tests passed, \d+ tests? failed out of (\d+)/gm], skipped: [] },
    tallies: [
      {
        passed: [],
        total: /^\d+% tests passed, \d+ tests? failed out of (\d+)$/gm,
        failed: [/^\d+% tests passed, (\d+) tests? failed out of \d+$/gm],
      },
    ],
  },
  // Catch2
  {
    summary: { tests: [/^All tests passed \(.* in (\d+) test cases?\)|^test cases: +(\d+) /gm], skipped: [] },
    tallies: [{ passed: [/^test cases:.*?\b(\d+) passed\b/gm], failed: [/^test cases:.*?\b(\d+) failed\b/gm] }],
  },
  // Unity
  {
    summary: {
      tests: [/^(\d+) Tests \d+ Failures \d+ Ignored/gm],
      skipped: [/^\d+ Tests \d+ Failures (\d+) Ignored/gm],
    },
    tallies: [],
  },
  // busted
  {
    summary: {
      tests: [/^(\d+) success(?:es)? \/ (\d+) failures? \/ (\d+) errors? \/ (\d+) pending/gm],
      skipped: [/^\d+ success.* \/ (\d+) pending/gm],
    },
    tallies: [
      {
        passed: [/^(\d+) success(?:es)? \/ \d+ failures? \/ /gm],
        failed: [/^\d+ success(?:es)? \/ (\d+) failures? \/ (\d+) errors? \//gm],
      },
    ],
  },
  // Deno
  {
    summary: {
      tests: [
        /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed/gm,
        /^(?:ok|FAILED) \|.* \| (\d+) ignored/gm,
      ],
      skipped: [/^(?:ok|FAILED) \|.* \| (\d+) ignored/gm],
    },
    tallies: [
      {
        passed: [/^(?:ok|FAILED) \| (\d+) passed\b/gm],
        failed: [/^(?:ok|FAILED) \| .*\| (\d+) failed\b/gm],
      },
    ],
  },
  // Bun
  {
    summary: { tests: [/^Ran (\d+) tests? across /gm], skipped: [/^ +(\d+) (?:skip|todo)$/gm] },
    tallies: [{ only: /^Ran \d+ tests? across /m, passed: [/^ ?(\d+) pass$/gm], failed: [/^ ?(\d+) fail$/gm] }],
  },
  // Swift: XCTest
  {
    summary: { tests: [/^\s*Executed (\d+) tests?, with /gm], skipped: [] },
    tallies: [],
  },
  // TAP: bats, and tests that are run one by one
  {
    summary: { tests: [/^1\.\.(\d+)/gm], skipped: [/^(?:not )?ok \d+\b.*# (?:skip|todo)/gim] },
    tallies: [],
  },
]
