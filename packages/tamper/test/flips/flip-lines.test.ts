import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { flipLines, flipLinesOf } from '../../src/flips/flip-lines.ts'

test.each<[language: string, line: string, flipped: string]>([
  ['Go', '\tif Add(1, 2) != 3 {\n\t\tt.Error()', '\tif Add(1, 2) != 4 {\n\t\tt.Error()'],
  ['Go, a table', '\t\t{"small", 1, 3},', '\t\t{"small", 1, 4},'],
  ['Go, a named case', '\t\t{in: 1, want: 3},', '\t\t{in: 1, want: 4},'],
  ['Rust', '    assert_eq!(add(1, 2), 3);', '    assert_eq!(add(1, 2), 4);'],
  ['Rust, with a message', '    assert_eq!(add(1, 2), 3, "adds");', '    assert_eq!(add(1, 2), 4, "adds");'],
  ['Rust, a condition', '    assert!(add(1, 2) == 3);', '    assert!(add(1, 2) == 4);'],
  ['Ruby', '    assert_equal 3, add(1, 2)', '    assert_equal 4, add(1, 2)'],
  ['Ruby, RSpec', '    expect(add(1, 2)).to eq(3)', '    expect(add(1, 2)).to eq(4)'],
  ['Ruby, a specification', '    _(add(1, 2)).must_equal 3', '    _(add(1, 2)).must_equal 4'],
  ['PHP', 'if (add(1, 2) !== 3) { exit(1); }', 'if (add(1, 2) !== 4) { exit(1); }'],
  ['PHP, PHPUnit', '    $this->assertSame(3, add(1, 2));', '    $this->assertSame(4, add(1, 2));'],
  ['Perl', "is(add(1, 2), 3, 'adds');", "is(add(1, 2), 4, 'adds');"],
  ['Perl, a condition', 'ok(add(1, 2) == 3);', 'ok(add(1, 2) == 4);'],
  ['shell', '[ "$(add 1 2)" = 3 ]', '[ "$(add 1 2)" = 4 ]'],
  ['shell, a number', 'test "$(add 1 2)" -eq 3', 'test "$(add 1 2)" -eq 4'],
  ['shell, a text', '[[ "$output" == "hello" ]]', '[[ "$output" == "helloqz" ]]'],
  ['C', '  assert(add(1, 2) == 3);', '  assert(add(1, 2) == 4);'],
  ['C, Unity', '  TEST_ASSERT_EQUAL_INT(3, add(1, 2));', '  TEST_ASSERT_EQUAL_INT(4, add(1, 2));'],
  ['C++, GoogleTest', '  EXPECT_EQ(add(1, 2), 3);', '  EXPECT_EQ(add(1, 2), 4);'],
  ['Java', '    assertEquals(3, add(1, 2));', '    assertEquals(4, add(1, 2));'],
  ['Lua', 'assert(add(1, 2) == 3)', 'assert(add(1, 2) == 4)'],
  ['Python', 'assert add(1, 2) == 3', 'assert add(1, 2) == 4'],
  ['C++, Catch2', '  REQUIRE(add(1, 2) == 3);', '  REQUIRE(add(1, 2) == 4);'],
  ['a module that is loaded', 'require "minitest/autorun"', 'require "minitest/autorun"'],
  ['a condition on where it runs', 'if [ "$(uname)" = Linux ]; then', 'if [ "$(uname)" = Linux ]; then'],
  ['a condition without a failure', 'if [ "$MODE" = fast ]; then', 'if [ "$MODE" = fast ]; then'],
  ['a condition on what is wrong', 'if (state === "bad") {\n  throw 1', 'if (state === "bad") {\n  throw 1'],
  [
    'a condition with another end',
    'if [ "$x" = 3 ]; then\n  echo ok\nelse\n  exit 1',
    'if [ "$x" = 4 ]; then\n  echo ok\nelse\n  exit 1',
  ],
  [
    'a condition with a failure below, in another block',
    "if (level !== 'quiet') console.log('runs')\nif (add(1, 2) < 3) {\n  throw 1",
    "if (level !== 'quiet') console.log('runs')\nif (add(1, 2) < 3) {\n  throw 1",
  ],
  [
    'a condition with the end of another',
    'if [ "$x" = 3 ]; then\n  echo ok\nfi\n[ -e a ] || exit 1',
    'if [ "$x" = 3 ]; then\n  echo ok\nfi\n[ -e a ] || exit 1',
  ],
  [
    'a condition on two lines',
    'if (add(1, 2) !== 3 ||\n    !done) {\n  throw 1',
    'if (add(1, 2) !== 4 ||\n    !done) {\n  throw 1',
  ],
  ['a bound', 'assert add(1, 2) < 4', 'assert add(1, 2) < 4'],
  ['a bound of a shell', '[ "$(add 1 2)" -gt 2 ] || exit 1', '[ "$(add 1 2)" -gt 2 ] || exit 1'],
  ['a condition behind', 'die "no" unless add(1, 2) == 3;', 'die "no" unless add(1, 2) == 4;'],
  ['a condition behind, on what is wrong', 'raise "no" if add(1, 2) == 3', 'raise "no" if add(1, 2) == 3'],
  ['what must differ', 'assert add(1, 2) != 3', 'assert add(1, 2) != 3'],
  ['a chain', '[ "$(add 1 2)" = 3 ] && [ "$(add 1 1)" = 2 ]', '[ "$(add 1 2)" = 4 ] && [ "$(add 1 1)" = 2 ]'],
  ['a chain that only says something', '[ "$x" = 3 ] && echo three', '[ "$x" = 3 ] && echo three'],
  ['a function of a shell script', 'assert_equals 3 "$(add 1 2)"', 'assert_equals 4 "$(add 1 2)"'],
  ['a function of a shell script, the other way', 'check_eq "$(add 1 2)" 3', 'check_eq "$(add 1 2)" 4'],
  ['an assignment before', '$failed = 0;', '$failed = 0;'],
  ['a counter of failures', 'exit($failed === 0 ? 0 : 1);', 'exit($failed === 0 ? 0 : 1);'],
  ['an exit code', 'if [ $? -ne 0 ]; then exit 1; fi', 'if [ $? -ne 0 ]; then exit 1; fi'],
  ['Node', 'assert.strictEqual(add(1, 2), 3)', 'assert.strictEqual(add(1, 2), 4)'],
  ['Node, a list', 'assert.deepStrictEqual([add(5, 2)], [7])', 'assert.deepStrictEqual([add(5, 2)], [8])'],
  [
    'a function of its own, of a shell',
    'check() {\n  [ "$1" = "$2" ] || exit 1\n}\ncheck "$(add 1 2)" 3',
    'check() {\n  [ "$1" = "$2" ] || exit 1\n}\ncheck "$(add 1 2)" 4',
  ],
  [
    'a function of its own',
    'function same2(a, b) {\n  if (a !== b) throw a\n}\nsame2(add(1, 2), 3)',
    'function same2(a, b) {\n  if (a !== b) throw a\n}\nsame2(add(1, 2), 4)',
  ],
  [
    'a function that compares and counts, of a shell',
    'check() {\n  if [ "$1" = "$2" ]; then passed=1; fi\n}\ncheck "$(add 1 2)" 3',
    'check() {\n  if [ "$1" = "$2" ]; then passed=1; fi\n}\ncheck "$(add 1 2)" 4',
  ],
  [
    'a function that compares and counts',
    'function same2(got, want, name) {\n  const ok = got === want\n  say(ok, name)\n}\nsame2(add(1, 2), 3)',
    'function same2(got, want, name) {\n  const ok = got === want\n  say(ok, name)\n}\nsame2(add(1, 2), 4)',
  ],
  [
    'a function of its own that compares something else',
    'function log(a, b) {\n  if (a === 3) console.log(b)\n}\nlog(add(1, 2), 3)',
    'function log(a, b) {\n  if (a === 3) console.log(b)\n}\nlog(add(1, 2), 3)',
  ],
  [
    'a function of its own that only says something',
    'function log(a, b) {\n  console.log(a, b)\n}\nlog(add(1, 2), 3)',
    'function log(a, b) {\n  console.log(a, b)\n}\nlog(add(1, 2), 3)',
  ],
  ['a loop over rows', 'foreach ([[1, 2, 3]] as [$a, $b, $sum]) {', 'foreach ([[1, 2, 4]] as [$a, $b, $sum]) {'],
  ['a loop over values', 'for i in (1, 2, 3):', 'for i in (1, 2, 3):'],
  ['a truth', "t.equal(isCallable(f), true, 'is callable')", "t.equal(isCallable(f), false, 'is callable')"],
  ['a message', "t.equal(isCallable(f), was, 'is callable')", "t.equal(isCallable(f), was, 'is callable')"],
  ['a message before', 'assertEquals("adds", three, add(1, 2));', 'assertEquals("adds", three, add(1, 2));'],
  ['a message behind a text', "is(greet('bob'), 'hi bob', 'greets')", "is(greet('bob'), 'hi bobqz', 'greets')"],
  ['a list of texts', "assert.deepEqual(split('a,b'), ['a', 'b'])", "assert.deepEqual(split('a,b'), ['a', 'bqz'])"],
  [
    'a test that may be skipped',
    "t.test('x', { skip: all.length === 0 }, (st) => {",
    "t.test('x', { skip: all.length === 0 }, (st) => {",
  ],
  [
    'a number among arguments of a shell function',
    'it() {\n  [ "$2" = "$3" ] || exit 1\n}\nit adds 3 "$(add 1 2)"',
    'it() {\n  [ "$2" = "$3" ] || exit 1\n}\nit adds 4 "$(add 1 2)"',
  ],
  ['a message of a shell function', 'assert_equal "$(greet)" "$hi" "greets"', 'assert_equal "$(greet)" "$hi" "greets"'],
  ['a fraction', 'assert(half(1) == 0.5);', 'assert(half(1) == 1.75);'],
  ['a comment', '# assert add(1, 2) == 3', '# assert add(1, 2) == 3'],
  ['no comparison', 'total = add(1, 2)', 'total = add(1, 2)'],
  ['a loop', 'for (int i = 0; i == 3; i++) {', 'for (int i = 0; i == 3; i++) {'],
])('what is expected is changed: %s', (_, line, flipped) => {
  expect(flipLinesOf('a_test', line).text).toBe(flipped)
})

test('what a text with tests of doctest expects is changed', () => {
  const text = "Sums\n\n>>> from calc import add\n>>> add(1,\n...     2)\n3\n>>> name()\n'a'\n>>> all()\n[1, 2]\n\n3\n"
  const flipped = text.replace('2)\n3', '2)\n4').replace("'a'", "'aqz'")
  expect(flipLinesOf('README.rst', text)).toMatchObject({ text: flipped, others: 1 })
})

test('each change has its place', () => {
  const { flips } = flipLinesOf('t/a.t', 'use Test::More;\nis(f(), "a");\nis(g(), 2);\n')
  expect(flips).toEqual([
    { path: 't/a.t', line: 2, before: '"a"', after: '"aqz"' },
    { path: 't/a.t', line: 3, before: '2', after: '3' },
  ])
})

test.each<[what: string, text: string, others: number]>([
  ['none', 'if (add(1, 2) !== 3) {\n  throw new Error()\n}\n', 0],
  ['comparisons of files', '[ "$(add 1 2)" = 3 ]\n\n\n\n\ndiff a b\ncmp c d\n', 2],
])('assertions that are not changed are counted: %s', (_, text, others) => {
  expect(flipLinesOf('check', text).others).toBe(others)
})

test.each<[what: string, text: string, areEnough: boolean]>([
  ['one that asserts', 'assert add(1, 2) == 3\n', true],
  ['one whose own branch fails', "if add(1, 2) != 3:\n    print('x')\n    sys.exit(1)\n", true],
  [
    'one that chooses, above one that fails',
    "if level != 'quiet':\n    print('x')\nif f() < 3:\n    sys.exit(1)\n",
    false,
  ],
  ['one of two assertions', 'assert add(1, 2) == 3\n\n\n\n\nassert add(1, 2) < 4\n', false],
  ['one that may be anything', "rows = [\n  ('a', 'b'),\n]\n", false],
  ['two', 'assert add(1, 2) == 3\nassert add(1, 3) == 4\nassert add(1, 2) < 4\n', true],
])('changes are enough or not: %s', (_, text, areEnough) => {
  using folder = tempFolder({ 'check.py': text })
  expect(flipLines(['check.py'], folder.path).areEnough).toBe(areEnough)
})
