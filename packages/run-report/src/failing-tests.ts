/** How runners name a failing test, each pattern with the name in its first group. */
const FAILING: readonly RegExp[] = [
  // TAP, node:test: "not ok 3 - adds # time=1", also within suites.
  /^\s*not ok \d+(?: -)? (?!.*# (?:TODO|SKIP)\b)(.+?)(?: # .*)?$/gim,
  // pytest's short summary: "FAILED tests/test_a.py::test_b - AssertionError".
  /^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$/gm,
  // pytest's heading of a failure, as pytest or as lr-check writes it: "___ test_add[1-2] ___", "___ test_add".
  /^(?:___ |_+ (?=.* _+$))(?!_)(?:ERROR at (?:setup|teardown) of |ERROR collecting )?(\S.*?)(?: _+)?$/gm,
  // unittest: "FAIL: test_add (tests.TestAdd.test_add)".
  /^(?:FAIL|ERROR): (\w+ \([\w.]+\))/gm,
  // node:test's and Mocha's spec reporters, Vitest, Jest: "✖ adds (1.2ms)".
  /^\s*[✖✕×✗] (.+?)(?: \(?\d[\d.]*\s?ms\)?)?$/gm,
  // go test: "--- FAIL: TestAdd (0.00s)".
  /^\s*--- FAIL: (\S+)/gm,
  // cargo test: "test add ... FAILED", and the heading of what it printed.
  /^test (.+?) \.\.\. FAILED$/gm,
  /^---- (\S+) stdout ----$/gm,
  // Jest: "  ● sums › adds".
  /^\s*● (?!Console$)(.+ › .+|\S.*)$/gm,
  // PHPUnit: "1) SumTest::testAdd"; RSpec: "rspec ./sum_spec.rb:3 # Sum adds".
  /^\d+\) (\w[\w\\]*::\w+.*)$/gm,
  /^rspec \S+:\d+ # (.+)$/gm,
  // Gradle: "SumTest > adds FAILED"; Maven: "[ERROR] SumTest.adds:12 expected: <2>".
  /^(\w[\w.$]* > .+?) FAILED$/gm,
  /^\[ERROR\] {1,4}(\w[\w.$]*\.\w+):\d+/gm,
]
/** Lines of a summary that look like a test. */
const NOT_A_TEST = /^(?:failing tests?:?|\d+ (?:failed|failing|tests?)\b.*)$/i

/** The names of the tests that fail according to what a runner printed, each once, in order. */
export function failingTests(output: string): string[] {
  const names = FAILING.flatMap((pattern) => [...output.matchAll(pattern)].map(([, name = '']) => name.trim()))
  return [...new Set(names)].filter((name) => !NOT_A_TEST.test(name))
}
