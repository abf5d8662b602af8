/** How a kind of test runner sums up, whoever starts it. Each pattern's groups are numbers; without a group, matches count. */
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
  // prove
  {
    passed: [],
    total: /^Failed \d+\/\d+ test programs\. \d+\/(\d+) subtests failed/gm,
    failed: [/^Failed \d+\/\d+ test programs\. (\d+)\/\d+ subtests failed/gm],
  },
]

/** TAP without a summary: its lines, without those that may fail. */
const TAP: Summary = {
  passed: [/^ok \d+\b/gm],
  failed: [/^not ok \d+\b(?!.*# *(?:todo|skip)\b)/gim],
}

/** The share of tests that passed, by what a test runner prints; undefined if no report is found. */
export function shareOfTests(text: string): number | undefined {
  // A longer line sums up nothing, and would take patterns long.
  const short = text.replace(/^.{2000,}$/gm, '')
  const found = SUMMARIES.map((summary) => countIn(summary === XML ? text : short, summary))
  const sum = found.some(({ passed, failed }) => passed + failed > 0) ? found : [countIn(short, TAP)]
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
