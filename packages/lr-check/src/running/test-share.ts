import { countResults, expandMachineReports } from '@loop-runner/checkers'

/** How a kind of test runner sums up, whatever starts it. Each pattern's groups are numbers; without a group, matches count. */
interface Summary {
  readonly passed: readonly RegExp[]
  readonly failed: readonly RegExp[]
  /** Without such a line it is another runner's report. */
  readonly only?: RegExp
  /** All tests, in the place of those that passed. */
  readonly total?: RegExp
}

/** JUnit's XML. */
const XML: Summary = {
  passed: [],
  total: /<testcase\b/g,
  failed: [/<testcase\b[^>]*[^/]>\s*<(?:failure|error)\b/g],
}

/** Reports that hold several of these are added up: `make test` may start more than one runner. */
const SUMMARIES: readonly Summary[] = [
  // jest
  { passed: [/^Tests: .*?\b(\d+) passed/gm], failed: [/^Tests: .*?\b(\d+) failed/gm] },
  // vitest
  { passed: [/^ *Tests {2}.*?\b(\d+) passed/gm], failed: [/^ *Tests {2}.*?\b(\d+) failed/gm] },
  // node --test, and TAP with a summary
  {
    passed: [/^[#ℹ] pass +(\d+)$/gm, /^# \{ total: \d+, pass: (\d+)/gm],
    failed: [/^[#ℹ] (?:fail|cancelled) +(\d+)$/gm, /^# \{ total: .*?fail: (\d+)/gm],
  },
  // mocha
  { passed: [/^ +(\d+) passing\b/gm], failed: [/^ +(\d+) failing\b/gm] },
  // ava
  { only: /^ {2}\d+ tests? failed$/m, passed: [/^ {2}✔ /gm], failed: [/^ {2}(\d+) tests? failed$/gm] },
  // pytest
  {
    passed: [/^(?:=+ )?(?=.* in [\d.]+s).*?\b(\d+) passed\b/gm],
    failed: [/^(?:=+ )?(?=.* in [\d.]+s).*?\b(\d+) failed\b/gm, /^(?:=+ )?(?=.* in [\d.]+s).*?\b(\d+) errors?\b/gm],
  },
  // unittest
  {
    passed: [],
    total: /^Ran (\d+) tests? in /gm,
    failed: [/^FAILED \(.*?failures=(\d+)/gm, /^FAILED \(.*?errors=(\d+)/gm],
  },
  // cargo test
  { passed: [/^test result: .*? (\d+) passed; /gm], failed: [/^test result: .*?; (\d+) failed; /gm] },
  // go test -v; without -v packages stand for their tests
  { passed: [/^ *--- PASS: /gm, /^ok +\t\S+\t/gm], failed: [/^ *--- FAIL: /gm] },
  // Maven
  {
    passed: [],
    total: /^(?:\[\w+\] )?Tests run: (\d+), Failures: \d+, Errors: \d+, Skipped: \d+$/gm,
    failed: [/^(?:\[\w+\] )?Tests run: \d+, Failures: (\d+), Errors: (\d+), Skipped: \d+$/gm],
  },
  // Gradle names what fails, and sums up; a summary alone has no count of what passed
  { passed: [], total: /^(\d+) tests? completed, \d+ failed/gm, failed: [/^\d+ tests? completed, (\d+) failed/gm] },
  {
    only: /^(?![^]*\n\d+ tests? completed, )/,
    passed: [/^\S.* > .* PASSED$/gm],
    failed: [/^\S.* > .* FAILED$/gm],
  },
  // JUnit's console launcher
  { passed: [/^\[ +(\d+) tests successful +\]$/gm], failed: [/^\[ +(\d+) tests failed +\]$/gm] },
  XML,
  // PHPUnit
  {
    passed: [],
    total: /^Tests: (\d+), Assertions: /gm,
    failed: [/^Tests: .*\bErrors: (\d+)/gm, /^Tests: .*\bFailures: (\d+)/gm],
  },
  // RSpec
  { passed: [], total: /^(\d+) examples?, \d+ failures?/gm, failed: [/^\d+ examples?, (\d+) failures?/gm] },
  // Minitest
  { passed: [], total: /^(\d+) runs, /gm, failed: [/^\d+ runs, \d+ assertions, (\d+) failures, (\d+) errors/gm] },
  // test-unit
  {
    passed: [],
    total: /^(\d+) tests, \d+ assertions, /gm,
    failed: [/^\d+ tests, \d+ assertions, (\d+) failures, (\d+) errors/gm],
  },
  // bats, ExUnit
  { passed: [], total: /^(\d+) tests?, (?:no|\d+) failures?\b/gm, failed: [/^\d+ tests?, (\d+) failures?\b/gm] },
  // bun test
  { only: /^Ran \d+ tests? across /m, passed: [/^ ?(\d+) pass$/gm], failed: [/^ ?(\d+) fail$/gm] },
  // deno test
  {
    passed: [/^(?:ok|FAILED) \| (\d+) passed\b/gm],
    failed: [/^(?:ok|FAILED) \| .*\| (\d+) failed\b/gm],
  },
  // CTest
  {
    passed: [],
    total: /^\d+% tests passed, \d+ tests? failed out of (\d+)$/gm,
    failed: [/^\d+% tests passed, (\d+) tests? failed out of \d+$/gm],
  },
  // dotnet test; with more words it sums up in several lines
  {
    passed: [/^ *(?:Failed|Passed)! +- Failed: +\d+, Passed: +(\d+)/gm, /^ {5}Passed: (\d+)$/gm],
    failed: [/^ *(?:Failed|Passed)! +- Failed: +(\d+), Passed: /gm, /^ {5}Failed: (\d+)$/gm],
  },
  // GoogleTest
  { passed: [/^\[ {2}PASSED {2}\] (\d+) tests?\./gm], failed: [/^\[ {2}FAILED {2}\] (\d+) tests?, listed below:/gm] },
  // Catch2
  { passed: [/^test cases:.*?\b(\d+) passed\b/gm], failed: [/^test cases:.*?\b(\d+) failed\b/gm] },
  // tap-spec
  { only: /^ {2}total: +\d+$/m, passed: [/^ {2}passing: +(\d+)$/gm], failed: [/^ {2}failing: +(\d+)$/gm] },
  // node --test with dots
  {
    only: /^Failed tests:$/m,
    passed: [/(?<=^[.X]{0,1999})\.(?=[.X]*$)/gm],
    failed: [/(?<=^[.X]{0,1999})X(?=[.X]*$)/gm],
  },
  // prove
  {
    only: /^Files=\d+, Tests=\d+, /m,
    passed: [],
    total: /^Files=\d+, Tests=(\d+), /gm,
    failed: [/^\S+ +\(Wstat: .* Tests: \d+ Failed: (\d+)\)$/gm],
  },
  // its predecessor
  {
    only: /^(?![^]*\nFiles=\d+, Tests=)/,
    passed: [],
    total: /^Failed \d+\/\d+ test programs\. \d+\/(\d+) subtests failed/gm,
    failed: [/^Failed \d+\/\d+ test programs\. (\d+)\/\d+ subtests failed/gm],
  },
]

/** The share of tests that passed, by what a test runner sums up, or by what it lists; undefined if no report is found. */
export function shareOfTests(printed: string): number | undefined {
  const text = expandMachineReports(printed)
  // A longer line sums up nothing, and would take patterns long.
  const short = text.replace(/^.{2000,}$/gm, '')
  const found = SUMMARIES.map((summary) => countIn(summary === XML ? text : short, summary))
  const isSummedUp = found.some(({ passed, failed }) => passed + failed > 0)
  const sum = isSummedUp ? found : [countResults(text) ?? { passed: 0, failed: 0 }]
  const passed = sum.reduce((all, counts) => all + counts.passed, 0)
  const failed = sum.reduce((all, counts) => all + counts.failed, 0)
  return passed + failed === 0 ? undefined : passed / (passed + failed)
}

function countIn(text: string, { passed, failed, total, only }: Summary): { passed: number; failed: number } {
  if (only?.test(text) === false) return { passed: 0, failed: 0 }
  const failures = sumOf(failed, text)
  return { passed: total ? Math.max(0, sumOf([total], text) - failures) : sumOf(passed, text), failed: failures }
}

function sumOf(patterns: readonly RegExp[], text: string): number {
  let sum = 0
  for (const pattern of patterns) {
    for (const [, ...groups] of text.matchAll(pattern)) {
      sum += groups.length === 0 ? 1 : groups.reduce((all, group) => all + Number(group), 0)
    }
  }
  return sum
}
