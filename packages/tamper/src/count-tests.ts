import { sumMatches, type Summary, summariesOf, TABLE } from '@loop-runner/checker-table'

/** The tests of a run, and how many of them it skipped. */
export interface TestCounts {
  readonly tests: number
  readonly skipped: number
}

/** Runners that are not in the table; TAP is last, since other runners print its plan too. */
const OTHER_SUMMARIES: readonly Summary[] = [
  // phpunit
  {
    tests: [/^OK \((\d+) tests?,/gm, /^Tests: (\d+), Assertions: /gm],
    skipped: [/^Tests: .*\b(?:Skipped|Incomplete): (\d+)/gm],
  },
  // minitest and test-unit
  {
    tests: [/^(\d+) (?:runs|tests), \d+ assertions, /gm],
    skipped: [/^\d+ (?:runs|tests), .*?\b(\d+) (?:skips|omissions)/gm, /^\d+ tests, .*?\b(\d+) pendings/gm],
  },
  // rspec, jasmine, ExUnit
  {
    tests: [/^(?:\d+ doctests?, )?(\d+) (?:examples?|specs?|tests?), \d+ failures?\b/gm],
    skipped: [/^\d+ (?:examples?|specs?|tests?), .*?\b(\d+) (?:pending|skipped)/gm],
  },
  // Maven, once for each module: the sum has no time
  {
    tests: [/^(?:\[\w+\] )?Tests run: (\d+),(?!.*Time elapsed)/gm],
    skipped: [/^(?:\[\w+\] )?Tests run: .*Skipped: (\d+)(?!.*Time elapsed)/gm],
  },
  // JUnit's console
  { tests: [/^\[ +(\d+) tests found +\]$/gm], skipped: [/^\[ +(\d+) tests skipped +\]$/gm] },
  // dotnet test
  { tests: [/^(?:Passed|Failed)! .*\bTotal: +(\d+)/gm], skipped: [/^(?:Passed|Failed)! .*\bSkipped: +(\d+)/gm] },
  // GoogleTest
  { tests: [/^\[=+\] (\d+) tests? from .* ran\./gm], skipped: [/^\[ +SKIPPED +\] (\d+) tests?/gm] },
  // CTest
  { tests: [/^\d+% tests passed, \d+ tests? failed out of (\d+)/gm], skipped: [] },
  // Catch2
  { tests: [/^All tests passed \(.* in (\d+) test cases?\)|^test cases: +(\d+) /gm], skipped: [] },
  // Unity
  { tests: [/^(\d+) Tests \d+ Failures \d+ Ignored/gm], skipped: [/^\d+ Tests \d+ Failures (\d+) Ignored/gm] },
  // busted
  {
    tests: [/^(\d+) success(?:es)? \/ (\d+) failures? \/ (\d+) errors? \/ (\d+) pending/gm],
    skipped: [/^\d+ success.* \/ (\d+) pending/gm],
  },
  // Deno
  {
    tests: [
      /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed/gm,
      /^(?:ok|FAILED) \|.* \| (\d+) ignored/gm,
    ],
    skipped: [/^(?:ok|FAILED) \|.* \| (\d+) ignored/gm],
  },
  // Bun
  { tests: [/^Ran (\d+) tests? across /gm], skipped: [/^ +(\d+) (?:skip|todo)$/gm] },
  // Swift
  { tests: [/^\s*Executed (\d+) tests?, with /gm], skipped: [] },
  // TAP: bats, and tests that are run one by one
  { tests: [/^1\.\.(\d+)/gm], skipped: [/^(?:not )?ok \d+\b.*# (?:skip|todo)/gim] },
]

/** The first with a test counts. */
const SUMMARIES = [...summariesOf(TABLE), ...OTHER_SUMMARIES]

/** The counts that a test run, or a script that runs tests, prints; undefined if it prints none. */
export function countTests(output: string): TestCounts | undefined {
  const groups = countGroups(output)
  if (groups !== undefined) return groups
  for (const { tests, skipped } of SUMMARIES) {
    const count = sumMatches(tests, output)
    if (count > 0) return { tests: count, skipped: sumMatches(skipped, output) }
  }
  return undefined
}

/**
 * tape, whose `# tests` counts assertions: a test that fails may make more of them than one that passes. Each test begins with
 * its name.
 */
function countGroups(output: string): TestCounts | undefined {
  if (!/^TAP version 1[34]$/m.test(output) || /^\s*# Subtest: /m.test(output)) return undefined
  const names = output.match(/^# (?!(?:tests|pass|fail|skip|todo)\s+\d+$|ok$)\S/gm) ?? []
  const skipped = names.length === 0 ? 0 : sumMatches([/^# SKIP /gm], output)
  return names.length === 0 ? undefined : { tests: names.length, skipped }
}
