import { readFileSync } from 'node:fs'
import { bash, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { shapeText } from '@loop-runner/checkers'
import { shareOfTests } from '../../../src/running/test-share.ts'

/** A recorded report of a real runner, and how it grows to 1,000 tests. */
interface Recorded {
  readonly name: string
  /** One passing test of it, with its name in the first group. */
  readonly passing: RegExp
  /** What has to be left of each failure. */
  readonly failures: readonly (readonly string[])[]
  /** The share that passed. */
  readonly share: number
  /** The count of passing tests in the summary. */
  readonly count?: RegExp
}

const NODE = [
  ['adds two numbers', '-1 !== 5', 'test/node.test.js:8'],
  ['makes a point', '+   x: 2', '-   x: 1', 'test/node.test.js:9'],
  ['title', 'first letter', "'A'", "'a'"],
]
const MOCHA = [
  ['adds two numbers', '-1 !== 5'],
  ['makes a point', '+   x: 2', '-   x: 1'],
  ['title', 'first letter'],
]
const VITEST = [
  ['adds two numbers', 'expected -1 to be 5', 'test/vi.vitest.mjs:7:52'],
  ['makes a point', '+   "x": 2', 'test/vi.vitest.mjs:8:51'],
  ['title', "expected 'a' to be 'A'", 'test/vi.vitest.mjs:10:42'],
]
const PYTEST = [
  ['test_add[1-2-3]', 'assert -1 == 3', 'test_maths.py:12'],
  ['test_add[5-5-10]', 'assert 0 == 10'],
  ['TestTitle.test_title', "assert 'a' == 'A'", 'test_maths.py:17'],
]
const GO = [
  ['TestAdd', 'm_test.go:13: Add(2, 3) = -1, want 5'],
  ['TestTable/two', 'm_test.go:21: two fails'],
]
const JVM = [
  ['addsTwoNumbers', 'MathsTest.java:12', '<5>', '<-1>'],
  ['makesAPoint', '1, y=2', '2, y=1'],
  ['divides', 'ArithmeticException', 'MathsTest.java:22'],
]
const AVA = [
  ['adds two numbers', '- -1', '+ 5'],
  ['makes a point', '-   x: 2', '+   x: 1'],
  ['title', "- 'a'", "+ 'A'"],
]

const RECORDED: readonly Recorded[] = [
  { name: 'node-test-spec', passing: /^ {2}✔ (keeps zero) .*\n/m, failures: NODE, share: 0.5, count: /^(ℹ pass )\d+/m },
  {
    name: 'node-test-tap',
    passing: /^ {4}# Subtest: (keeps zero)\n {4}ok 1 - keeps zero\n {6}---\n.*\n {6}\.\.\.\n/m,
    failures: NODE,
    share: 0.5,
    count: /^(# pass )\d+/m,
  },
  { name: 'mocha', passing: /^ {4}✔ (keeps zero)\n/m, failures: MOCHA, share: 0.5, count: /^( {2})\d+(?= passing)/m },
  { name: 'mocha-dot', passing: /(?<=^ {2}!)(\.)/m, failures: MOCHA, share: 0.5, count: /^( {2})\d+(?= passing)/m },
  { name: 'mocha-tap', passing: /^ok 2 (passes too)\n/m, failures: MOCHA, share: 0.5, count: /^(# pass )\d+/m },
  {
    name: 'jest',
    passing: /^ {4}✓ (keeps zero) .*\n/m,
    failures: [
      ['math › adds two numbers', 'Expected: 5', 'Received: -1', 'test/jest.spec.js:5:52'],
      ['math › makes a point', '+   "x": 2', 'test/jest.spec.js:6:51'],
      ['title', 'Expected: "A"', 'test/jest.spec.js:8:42'],
    ],
    share: 0.5,
    count: /^(Tests: +3 failed, )\d+/m,
  },
  { name: 'vitest', passing: /^ {5}✓ (keeps zero) .*\n/m, failures: VITEST, share: 0.5, count: /^( +Tests .*\| )\d+/m },
  {
    name: 'vitest-verbose',
    passing: /^ ✓ .*(keeps zero) .*\n/m,
    failures: VITEST,
    share: 0.5,
    count: /^( +Tests .*\| )\d+/m,
  },
  {
    name: 'tape',
    passing: /^ok 1 (throws an error for nothing)\n/m,
    failures: [
      ['adds two numbers', 'should be strictly equal', 'expected: 5', 'actual: -1', 'test/tape.js:4:37'],
      ['makes a point', 'actual: { x: 2, y: 1', 'test/tape.js:5:34'],
      ['title', "expected: 'A'", 'test/tape.js:6:26'],
    ],
    share: 0.4,
    count: /^(# pass +)\d+/m,
  },
  { name: 'ava', passing: /^ {2}✔ (keeps zero)\n/m, failures: AVA, share: 0.4 },
  { name: 'ava-tap', passing: /^ok 1 - (keeps zero)\n/m, failures: AVA, share: 0.4, count: /^(# pass )\d+/m },
  {
    name: 'node-tap',
    passing: /^# Subtest: (keeps zero)\n {4}ok .*\n {4}1\.\.1\nok 1 - keeps zero .*\n\n/m,
    failures: [
      ['adds two numbers > should be equal', '-5', '+-1', 'test/tap.cjs:4:39'],
      ['makes a point > should be equivalent', '+  "x": 2', 'test/tap.cjs:5:36'],
      ['title > first letter', '-A', '+a', 'test/tap.cjs:6:28'],
    ],
    share: 0.25,
    count: /^(# \{ total: \d+, pass: )\d+/m,
  },
  { name: 'pytest', passing: /^(\.)/m, failures: PYTEST, share: 0.5, count: /^(3 failed, )\d+/m },
  {
    name: 'pytest-verbose',
    passing: /^test_maths.py::(test_zero) PASSED.*\n/m,
    failures: PYTEST,
    share: 0.5,
    count: /^(=+ 3 failed, )\d+/m,
  },
  {
    name: 'unittest-verbose',
    passing: /^(test_zero) .*\n/m,
    failures: [
      ['test_add', 'AssertionError: -1 != 5 : sum', 'line 10'],
      ['test_title', "AssertionError: 'a' != 'A'", 'line 13'],
      ['test_crash', 'TypeError: unsupported operand', 'maths.py", line 3'],
    ],
    share: 0.4,
    count: /^(Ran )\d+/m,
  },
  { name: 'go', passing: /^(--- FAIL: TestAdd)/m, failures: GO, share: 0.2 },
  { name: 'go-verbose', passing: /^=== RUN +(TestZero)\n--- PASS: .*\n/m, failures: GO, share: 0.5 },
  {
    name: 'maven',
    passing: /^\[INFO\] Running (com\.example\.OtherTest)\n.*\n/m,
    failures: JVM,
    share: 0.5,
    count: /^(\[ERROR\] Tests run: )6/m,
  },
  {
    name: 'maven-2',
    passing: /^Running (com\.example\.OtherTest)\n.*\n/m,
    failures: JVM,
    share: 0.5,
    count: /^(Tests run: )6/m,
  },
  {
    name: 'gradle',
    passing: /^> Task :(testClasses)\n/m,
    failures: JVM,
    share: 0.5,
    count: /^()6(?= tests completed)/m,
  },
  {
    name: 'gradle-verbose',
    passing: /^MathsTest > (keepsZero)\(\) PASSED\n\n/m,
    failures: JVM,
    share: 0.5,
    count: /^()6(?= tests completed)/m,
  },
  {
    name: 'junit-console',
    passing: /^│ {5}├─ (keepsZero)\(\) ✔\n/m,
    failures: JVM,
    share: 0.5,
    count: /^(\[ +)3(?= tests successful)/m,
  },
  {
    name: 'cargo',
    passing: /^test (tests::zero) .*\n/m,
    failures: [
      ['tests::adds', 'left: -1', 'right: 5', 'src/lib.rs:17:9'],
      ['tests::panics', 'index out of bounds', 'src/lib.rs:26:10'],
    ],
    share: 0.5,
    count: /^(test result: FAILED\. )\d+/m,
  },
  {
    name: 'bats-pretty',
    passing: /^ ✓ (keeps zero)\n/m,
    failures: [
      ['adds two numbers', 'in test file bats/a.bats, line 6', 'the sum is -1'],
      ['fails at once', 'line 9'],
    ],
    share: 4 / 6,
    count: /^()6(?= tests, 2 failures)/m,
  },
  {
    name: 'prove',
    passing: /^(t\/c\.t) \.\. ok\n/m,
    failures: [
      ['adds two numbers', "got: '-1'", "expected: '5'", 't/a.t line 4'],
      ['makes a point', "$got->{x} = '1'", 't/b.t line 5'],
    ],
    share: 9 / 15,
    count: /^(Files=3, Tests=)15/m,
  },
  {
    name: 'rspec-documentation',
    passing: /^ {2}(keeps zero)\n/m,
    failures: [
      ['Maths adds two numbers', 'expected: 5', 'got: -1', './rb/spec/a_spec.rb:4'],
      ['Maths points makes a point', '+:x => 1,'],
      ['Maths points breaks', "undefined method `foo' for nil:NilClass"],
    ],
    share: 0.5,
    count: /^()6(?= examples, 3 failures)/m,
  },
  {
    name: 'phpunit-testdox',
    passing: /^ ✔ (Keeps zero)\n/m,
    failures: [
      ['Adds two numbers', '-1 is identical to 5', 'MathsTest.php:6'],
      ['Makes a point', "-    'x' => 1", "+    'x' => 2", 'MathsTest.php:7'],
      ['Breaks', 'Call to a member function foo() on null', 'MathsTest.php:9'],
    ],
    share: 0.5,
    count: /^(Tests: )6/m,
  },
  {
    name: 'phpunit',
    passing: /^(\.)FF/m,
    failures: [
      ['testAddsTwoNumbers', '-1 is identical to 5', 'MathsTest.php:6'],
      ['testMakesAPoint', "-    'x' => 1", 'MathsTest.php:7'],
      ['testBreaks', 'Call to a member function foo() on null', 'MathsTest.php:9'],
    ],
    share: 0.5,
    count: /^(Tests: )6/m,
  },
  {
    name: 'minitest-verbose',
    passing: /^MathsTest#(test_keeps_zero) .*\n/m,
    failures: [
      ['MathsTest#test_breaks', 'NoMethodError', 'mini.rb:6'],
      ['MathsTest#test_adds', 'Expected: 5', 'Actual: -1', 'mini.rb:5'],
    ],
    share: 0.5,
    count: /^()4(?= runs, )/m,
  },
  {
    name: 'test-unit-verbose',
    passing: /^ {2}(test_keeps_zero):\t+\.: .*\n/m,
    failures: [
      ['test_breaks(MathsTest)', 'NoMethodError', '=> 6:'],
      ['test_adds(MathsTest)', '<5> expected but was', '<-1>', 'tu.rb:5'],
    ],
    share: 0.5,
    count: /^()4(?= tests, )/m,
  },
  {
    name: 'bun',
    passing: /^\(pass\) math > (keeps zero) .*\n/m,
    failures: [
      ['math > adds two numbers', 'Expected: 5', 'Received: -1'],
      ['math > makes a point', '+   "x": 2'],
    ],
    share: 0.5,
    count: /^( )2(?= pass$)/m,
  },
  {
    name: 'deno',
    passing: /^(keeps zero) \.\.\. ok .*\n/m,
    failures: [
      ['adds two numbers => ./deno_test.js:4:6', '-1 !== 5'],
      ['makes a point', '+   x: 2', 'deno_test.js:5:41'],
    ],
    share: 0.5,
    count: /^(FAILED \| )2/m,
  },
  {
    name: 'ctest',
    passing: /^ {4}Start 1: keeps_zero\n1\/4 Test #1: (keeps_zero) .*\n/m,
    failures: [
      ['adds .', '***Failed', 'adds: -1 is not 5'],
      ['crashes .', 'SegFault', 'about to crash'],
    ],
    share: 0.5,
    count: /^(50% tests passed, 2 tests failed out of )4/m,
  },
  {
    name: 'ctest-verbose',
    passing: /^test 1\n[^]*?1\/4 Test #1: (keeps_zero) .*\n/m,
    failures: [
      ['adds .', '***Failed', 'adds: -1 is not 5'],
      ['crashes .', 'SegFault', 'about to crash'],
    ],
    share: 0.5,
    count: /^(50% tests passed, 2 tests failed out of )4/m,
  },
  {
    name: 'go-json',
    passing: /^\{.*"Test":"(TestZero)".*\n(?:\{.*"Test":"TestZero".*\n)*/m,
    failures: [
      ['TestAdd', 'Add(2, 3) = -1, want 5'],
      ['TestTable/two', 'two fails'],
      ['TestPanics', 'index out of range [3]'],
    ],
    share: 4 / 8,
  },
  {
    name: 'vitest-tap',
    passing: /^ {8}ok 1 - (keeps zero) .*\n/m,
    failures: VITEST.map(([name = '', ...more]) => [name, ...more.filter((one) => one.startsWith('expected '))]),
    share: 0.5,
  },
  {
    name: 'tap-spec',
    passing: /^ {2}(keeps zero)\n\n {4}✔ .*\n/m,
    failures: [
      ['adds two numbers', 'should be strictly equal', '-1', 'tape.cjs:3:37'],
      ['makes a point', '{ x: 2, y: 1 }', 'tape.cjs:4:34'],
      ['title', 'first letter', 'tape.cjs:5:26'],
    ],
    share: 0.4,
    count: /^( {2}passing: +)2/m,
  },
  {
    name: 'node-test-dot',
    passing: /^(\.)XX/m,
    failures: [
      ['adds two numbers', '-1 !== 5', 'node.test.js:4:39'],
      ['makes a point', '+   x: 2', 'node.test.js:5:36'],
      ['title', 'first letter', 'node.test.js:8:28'],
    ],
    share: 3 / 7,
  },
  {
    name: 'pytest-xdist',
    passing: /^\[gw1\] \[ 16%\] SKIPPED \S+::(test_skip)\n|^test_maths.py::MathsTest::(test_skip)\s*\n/m,
    failures: [
      ['MathsTest.test_add', '-1 != 5 : sum'],
      ['MathsTest.test_crash', 'unsupported operand', 'maths.py:4'],
      ['MathsTest.test_title', "'A' != 'B'"],
      ['test_sub (i=1)', '1 != 0'],
    ],
    share: 2 / 7,
  },
  {
    name: 'junit',
    passing: /<testcase [^>]*name="(test_zero)"[^>]* \/>/,
    failures: [...PYTEST.slice(0, 2), ['TestTitle > test_title', "assert 'a' == 'A'"]],
    share: 0.5,
  },
]

/** The report as if it were of 1,000 tests: passing ones, whose names speak of errors, stand on both sides of the failures. */
function grow({ name, passing, count }: Recorded, text: string): string {
  const [one = '', word = passing.exec(text)?.[2] ?? ''] = passing.exec(text) ?? []
  if (one === '') throw new Error(`${name}: no passing test found`)
  if (name === 'go') return text
  const copies = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) =>
      word.length === 1 ? word : one.replaceAll(word, `${word.replaceAll(' ', '_')}_throws_error_${from + index}`),
    ).join('')
  const grown = text.replace(one, () => copies(0, 500) + one + copies(500, 994))
  return count ? grown.replace(count, (_all, before: string) => `${before}997`) : grown
}

describe.each(RECORDED)('$name', (recorded) => {
  const text = readFileSync(new URL(`../../../fixtures/reports/${recorded.name}.txt`, import.meta.url), 'utf8')

  test('every failure is whole, and passing tests are a count', () => {
    const shaped = shapeText(text, '/project')
    for (const words of recorded.failures) for (const word of words) expect(shaped).toContain(word)
    expect(shaped).not.toMatch(/^ *(?:[✔✓]|ok) |PASSED|--- PASS|node:internal|\/rustc\/|^FAILED \S+::|^self = /m)
  })

  test('the score is the share that passed', () => {
    expect(shareOfTests(text)).toBeCloseTo(recorded.share, 3)
  })

  const behind = RECORDED.indexOf(recorded) % 2 === 0 ? 'sh -c "cat report; exit 1"' : 'make -s test'
  test.each([behind])('of 1,000 tests behind `%s` the failures are whole in a prompt under 6 KB', async (command) => {
    using folder = tempFolder({
      report: grow(recorded, text),
      Makefile: 'test:\n\t@cat report; exit 1\n',
      'a.txt': 'source\n',
    })
    const { stdout, stderr } = await bash(
      `lr-check a.txt -- ${command} > s; lr-prompt < s; lr-blocks get score < s >&2`,
      {
        cwd: folder.path,
      },
    )
    for (const words of recorded.failures) for (const word of words) expect(stdout).toContain(word)
    expect(stdout.length).toBeLessThan(6000)
    expect(stdout).not.toMatch(/throws_error/)
    if (recorded.count) expect(Number(stderr.trim())).toBeGreaterThan(0.99)
  })
})
