import { type Summary, summariesOf, TABLE } from '@loop-runner/checker-table'

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
  // TAP: bats, and tests that are run one by one
  { tests: [/^1\.\.(\d+)/gm], skipped: [/^(?:not )?ok \d+\b.*# (?:skip|todo)/gim] },
]

/** The first with a test counts. */
const SUMMARIES = [...summariesOf(TABLE), ...OTHER_SUMMARIES]

/** The counts that a test run, or a script that runs tests, prints; undefined if it prints none. */
export function countTests(output: string): TestCounts | undefined {
  for (const { tests, skipped } of SUMMARIES) {
    const count = sumOf(tests, output)
    if (count > 0) return { tests: count, skipped: sumOf(skipped, output) }
  }
  return undefined
}

function sumOf(patterns: readonly RegExp[], text: string): number {
  let sum = 0
  for (const pattern of patterns) {
    for (const [, ...numbers] of text.matchAll(pattern)) {
      sum += numbers.length === 0 ? 1 : numbers.reduce((all, number) => all + Number(number ?? 0), 0)
    }
  }
  return sum
}
