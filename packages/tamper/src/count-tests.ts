/** How many tests a run has met, and how many of them it passed over. */
export interface TestCounts {
  readonly tests: number
  readonly skipped: number
}

/** How a kind of test runner sums up. A pattern's groups are numbers, summed over all its matches; one without counts lines. */
interface Summary {
  readonly tests: readonly RegExp[]
  readonly skipped: readonly RegExp[]
}

/** The first whose tests are found counts. What stands in no order is matched piece by piece. */
const SUMMARIES: readonly Summary[] = [
  // jest
  { tests: [/^Tests: .*?(\d+) total$/gm], skipped: [/^Tests: .*?(\d+) skipped/gm, /^Tests: .*?(\d+) todo/gm] },
  // vitest
  {
    tests: [/^ *Tests +.*\((\d+)\)$/gm],
    skipped: [/^ *Tests +.*?(\d+) skipped/gm, /^ *Tests +.*?(\d+) todo/gm],
  },
  // node --test
  { tests: [/^[#ℹ] tests (\d+)$/gm], skipped: [/^[#ℹ] skipped (\d+)$/gm, /^[#ℹ] todo (\d+)$/gm] },
  // unittest
  {
    tests: [/^Ran (\d+) tests? in /gm],
    skipped: [/^(?:OK|FAILED) \(.*?\bskipped=(\d+)/gm, /^(?:OK|FAILED) \(.*?expected failures=(\d+)/gm],
  },
  // pytest; an error may belong to a test that is counted already, and what is deselected did not run.
  {
    tests: [
      /^(?:=+ )?(?=.* in \d).*?\b(\d+) passed\b/gm,
      /^(?:=+ )?(?=.* in \d).*?\b(\d+) failed\b/gm,
      ...pytestSkips(),
    ],
    skipped: pytestSkips(),
  },
  // cargo test
  {
    tests: [/^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm],
    skipped: [/^test result: .*? (\d+) ignored/gm],
  },
  // prove
  { tests: [/^Files=\d+, Tests=(\d+),/gm], skipped: [/\bskipped: /g] },
  // phpunit
  {
    tests: [/^OK \((\d+) tests?,/gm, /^Tests: (\d+), Assertions: /gm],
    skipped: [/^Tests: .*\b(?:Skipped|Incomplete): (\d+)/gm],
  },
  // mocha
  { tests: [/^ +(\d+) (?:passing|failing|pending)\b/gm], skipped: [/^ +(\d+) pending\b/gm] },
  // go test -v; without -v only what fails is printed.
  { tests: [/^=== RUN /gm], skipped: [/^ *--- SKIP: /gm] },
  // TAP: bats, and tests that are run one by one
  { tests: [/^1\.\.(\d+)/gm], skipped: [/^(?:not )?ok \d+\b.*# (?:skip|todo)/gim] },
]

/** The counts that a test run, or a script that runs tests, prints; undefined where nothing is counted. */
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

function pytestSkips(): RegExp[] {
  return ['skipped', 'xfailed', 'xpassed'].map(
    (word) => new RegExp(`^(?:=+ )?(?=.* in \\d).*?\\b(\\d+) ${word}\\b`, 'gm'),
  )
}
