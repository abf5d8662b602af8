import type { Tally } from './runner.ts'
import { RUNNERS } from './runners.ts'

/** Of runners that are checkers too: what they say of skipped tests is in the table. */
const OF_CHECKERS: readonly Tally[] = [
  // jest, Pest
  { passed: [/^(?: {2})?Tests: .*?\b(\d+) passed/gm], failed: [/^(?: {2})?Tests: .*?\b(\d+) failed/gm] },
  // vitest
  { passed: [/^ *Tests {2}.*?\b(\d+) passed/gm], failed: [/^ *Tests {2}.*?\b(\d+) failed/gm] },
  // node --test, and TAP with a summary
  {
    passed: [/^[#ℹ] pass +(\d+)$/gm, /^# \{ total: \d+, pass: (\d+)/gm],
    failed: [/^[#ℹ] (?:fail|cancelled) +(\d+)$/gm, /^# \{ total: .*?fail: (\d+)/gm],
  },
  // node --test with dots
  {
    only: /^Failed tests:$/m,
    passed: [/(?<=^[.X]{0,1999})\.(?=[.X]*$)/gm],
    failed: [/(?<=^[.X]{0,1999})X(?=[.X]*$)/gm],
  },
  // mocha
  { passed: [/^ +(\d+) passing\b/gm], failed: [/^ +(\d+) failing\b/gm] },
  // ava, tap-dot
  {
    only: /^ {2}\d+ tests? failed$/m,
    passed: [/^ {2}✔ /gm, /^ {2}(\d+) tests? passed$/gm],
    failed: [/^ {2}(\d+) tests? failed$/gm],
  },
  // pytest
  {
    passed: [/^(?:=+ )?(?=\d.* in [\d.]+s).*?\b(\d+) passed\b/gm],
    failed: [/^(?:=+ )?(?=\d.* in [\d.]+s).*?\b(\d+) failed\b/gm, /^(?:=+ )?(?=\d.* in [\d.]+s).*?\b(\d+) errors?\b/gm],
  },
  // unittest
  {
    passed: [],
    total: /^Ran (\d+) tests? in /gm,
    failed: [/^FAILED \(.*?failures=(\d+)/gm, /^FAILED \(.*?errors=(\d+)/gm],
  },
  // cargo test
  { passed: [/^test result: .*? (\d+) passed; /gm], failed: [/^test result: .*?; (\d+) failed; /gm] },
  // go test -v
  { only: /^(?:=== RUN | *--- PASS: )/m, passed: [/^ *--- PASS: /gm], failed: [/^ *--- FAIL: /gm] },
  // go test; it does not say how many tests of a package that fails have passed. A package whose tests ran to their end counts
  // as one that passed and one that failed, so that the score rises with every test that no longer fails.
  {
    only: /^(?!(?:[^]*\n)?(?:=== RUN | *--- PASS: ))/,
    passed: [/^ok +\t\S+\t/gm, /(?<=^FAIL\n(?:coverage: .*\n)?(?:exit status \d+\n)?)FAIL\t\S+\t[\d.]+s$/gm],
    failed: [/^FAIL\t\S+(?:\t[\d.]+s| \[\w+ failed\])$/gm, /^ *--- FAIL: /gm],
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

/** Of runners whose skipped tests are not counted. */
const WITHOUT_SUMMARY: readonly Tally[] = [
  // Gradle names what fails, and sums up; a summary alone has no count of what passed
  { passed: [], total: /^(\d+) tests? completed, \d+ failed/gm, failed: [/^\d+ tests? completed, (\d+) failed/gm] },
  {
    only: /^(?![^]*\n\d+ tests? completed, )/,
    passed: [/^\S.* > .* PASSED$/gm],
    failed: [/^\S.* > .* FAILED$/gm],
  },
  // JUnit's XML
  {
    passed: [],
    total: /<testcase\b/g,
    failed: [/<testcase\b[^>]*[^/]>\s*<(?:failure|error)\b/g],
    isLong: true,
  },
  // tap-spec
  { only: /^ {2}total: +\d+$/m, passed: [/^ {2}passing: +(\d+)$/gm], failed: [/^ {2}failing: +(\d+)$/gm] },
  // cargo nextest
  {
    passed: [/^ +Summary \[.*\] \d+ tests? run: (\d+) passed\b/gm],
    failed: [/^ +Summary \[.*\] .*?\b(\d+) failed\b/gm],
  },
  // gotestsum
  { passed: [], total: /^DONE (\d+) tests?\b/gm, failed: [/^DONE \d+ tests?,.*?\b(\d+) failures?\b/gm] },
  // Alcotest
  { passed: [], total: /^\d+ failures?! in .*\. (\d+) tests? run\.$/gm, failed: [/^(\d+) failures?! in .* run\.$/gm] },
  // clojure.test
  {
    passed: [],
    total: /^Ran (\d+) tests containing \d+ assertions\.$/gm,
    failed: [/^(\d+) failures?, (\d+) errors?\.$/gm],
  },
  // Dart and Flutter
  {
    passed: [/^\d+:\d\d \+(\d+)(?: [~-]\d+)*: (?:Some tests failed\.|All tests passed!)$/gm],
    failed: [/^\d+:\d\d \+\d+(?: ~\d+)? -(\d+): Some tests failed\.$/gm],
  },
  // elm-test
  { only: /^TEST RUN \w+/m, passed: [/^Passed: +(\d+)$/gm], failed: [/^Failed: +(\d+)$/gm] },
  // Julia
  {
    passed: [/Some tests did not pass: (\d+) passed, /g],
    failed: [/Some tests did not pass: \d+ passed, (\d+) failed, (\d+) errored/g],
  },
  // Meson
  {
    only: /^Expected Fail: /m,
    passed: [/^Ok: +(\d+) *$/gm],
    failed: [/^(?:Fail|Unexpected Pass|Timeout): +(\d+) *$/gm],
  },
  // ScalaTest
  {
    passed: [/^(?:\[info\] )?Tests: succeeded (\d+), failed /gm],
    failed: [/^(?:\[info\] )?Tests: succeeded \d+, failed (\d+)/gm],
  },
  // Swift Testing
  {
    passed: [],
    total: /^\S+ Test run with (\d+) tests? /gm,
    failed: [/^\S+ Test (?!run with ).* failed after [\d.]+ seconds\b/gm],
  },
  // Playwright
  { only: /^ {2}\d+ passed \(/m, passed: [/^ {2}(\d+) passed \(/gm], failed: [/^ {2}(\d+) failed$/gm] },
  // Cucumber, behave
  { passed: [], total: /^(\d+) scenarios? \(/gm, failed: [/^\d+ scenarios? \(.*?\b(\d+) failed\b/gm] },
  { passed: [/^(\d+) scenarios? passed, /gm], failed: [/^\d+ scenarios? passed, (\d+) failed\b/gm] },
  // testthat
  {
    passed: [/^\[ FAIL \d+ \| WARN \d+ \| SKIP \d+ \| PASS (\d+) \]$/gm],
    failed: [/^\[ FAIL (\d+) \| WARN \d+ \| SKIP \d+ \| PASS \d+ \]$/gm],
  },
  // Pester
  { passed: [/^Tests Passed: (\d+), Failed: /gm], failed: [/^Tests Passed: \d+, Failed: (\d+)/gm] },
  // doctest
  {
    passed: [/^\[doctest\] test cases: .*?\b(\d+) passed\b/gm],
    failed: [/^\[doctest\] test cases: .*?\b(\d+) failed\b/gm],
  },
]

/** Reports that hold several of these are added up: `make test` may start more than one runner. */
export const TALLIES: readonly Tally[] = [
  ...OF_CHECKERS,
  ...RUNNERS.flatMap(({ tallies }) => tallies),
  ...WITHOUT_SUMMARY,
]
