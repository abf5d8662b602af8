import { describe, expect, test } from 'vitest'
import { flipText } from '../../src/flips/flip-expectations.ts'
import { flipLiteral } from '../../src/flips/flip-literal.ts'
import type { Language } from '../../src/flips/skeleton.ts'

type Row = readonly [what: string, text: string, names: readonly string[], flipped: readonly string[]]

function flipped(path: string, text: string, language: Language, names: readonly string[]): string[] {
  return flipText(path, text, language, names).flips.map(({ line, before }) => `${line}: ${before}`)
}

describe('what tests expect, in Python', () => {
  const def = (body: string) => `def test_a():\n    ${body}\n`
  test.for<Row>([
    ['a number', def('assert f(1) == 3'), ['test_m: test_a'], ['2: 3']],
    ['a number on the left', def('assert 3 == f(1)'), ['test_m: test_a'], ['2: 3']],
    ['a string', def(`assert f("1") == "a, b"  # 4 == 5`), ['test_m: test_a'], ['2: "a, b"']],
    ['a string of three quotes', def(`assert f() == """a"""`), ['test_m: test_a'], ['2: """a"""']],
    ['a list', def('assert f([1]) == [4, 5], "message"'), ['test_m: test_a'], ['2: 4']],
    ['a dictionary', def("assert f() == {'a': 1}"), ['test_m: test_a'], ["2: 'a'"]],
    ['about a number', def('assert f() == pytest.approx(0.5)'), ['test_m: test_a'], ['2: 0.5']],
    ['an assertion of unittest', def('self.assertEqual(f(1), 3, "7")'), ['pkg.test_m.TestA.test_a'], ['2: 3']],
    ['the expected value first', def('self.assertEqual(3, f(1))'), ['pkg.test_m.TestA.test_a'], ['2: 3']],
    ['a named value', def('expected = -3\n    assert f(1) == expected'), ['test_m: test_a'], ['2: -3']],
    ['no bound', def('expected_max = 3\n    assert f(1) <= expected_max'), ['test_m: test_a'], []],
    ['no name that is given', def('wanted = 3\n    assert f(wanted) == 1'), ['test_m: test_a'], ['3: 1']],
    ['a named value, about', def('want = 3\n    assert f(1) == pytest.approx(want)'), ['test_m: test_a'], ['2: 3']],
    [
      'a key of a table',
      def("cases = [{'in': 1, 'want': 3}]\n    for c in cases:\n        assert f(c['in']) == c['want']"),
      ['test_m: test_a'],
      ['2: 3'],
    ],
    [
      'no column that is not compared',
      `@pytest.mark.parametrize('a, expected_error', [(1, 'x')])\n${def('with raises(E): f(a)')}`,
      ['test_m: test_a[1-x]'],
      [],
    ],
    [
      'arguments of a call of a mock',
      def("f(m)\n    m.assert_called_once_with('a', 3)\n    m.assert_any_call(4)"),
      ['test_m: test_a'],
      ["3: 'a'", '3: 3', '4: 4'],
    ],
    [
      'no number of times',
      `@pytest.mark.parametrize('n', [1, 2])\n${def('for i in range(n):\n        f(i)\n    assert size() == n')}`,
      ['test_m: test_a[1]'],
      [],
    ],
    ['no length', def('expected = 3\n    assert f([0] * expected) == expected'), ['test_m: test_a'], []],
    ['no call', def('assert f(1) == g(3)'), ['test_m: test_a'], []],
    ['no inequality', def('assert f(1) != 3\n    assert f(1) >= 3\n    assert 3 in f(1)'), ['test_m: test_a'], []],
    ['no comparison of another kind', def('assertNotEqual(f(1), 3)\n    x = g(2) == 3'), ['test_m: test_a'], []],
    [
      'no other test',
      `${def('assert f(1) == 3')}\n\ndef test_b():\n    assert f(2) == 4\n`,
      ['test_m: test_b'],
      ['6: 4'],
    ],
    ['no other file', def('assert f(1) == 3'), ['test_other: test_a'], []],
    [
      'the column of a table',
      `@pytest.mark.parametrize('a, expected', [\n    (1, 3),\n    (2, [4]),\n])\n${def('assert f(a) == expected')}`,
      ['test_m: test_a[1-3]', 'test_m: test_a[2-4]'],
      ['2: 3', '3: 4'],
    ],
    [
      'the column of a table, whatever its name',
      `@pytest.mark.parametrize(('a', 'b'), [(1, 3), (2, 4)])\n${def('assert f(a) == b')}`,
      ['test_m: test_a[1-3]'],
      ['1: 3', '1: 4'],
    ],
    [
      'a table with a name',
      `CASES = [(1, 3), (2, 4)]\n\n@pytest.mark.parametrize('a,b', CASES)\n${def('assert f(a) == b')}`,
      ['test_m: test_a[1-3]'],
      ['1: 3', '1: 4'],
    ],
    [
      'a loop over a table with a name',
      `CASES = (\n    (1, 3),\n    (2, 4),\n)\n\n${def('for a, b in CASES:\n        self.assertEqual(f(a), b)')}`,
      ['test_m: test_a'],
      ['2: 3', '3: 4'],
    ],
    [
      'a loop over a table',
      def('for a, b in [(1, 3), (2, 4)]:\n        assert f(a) == b'),
      ['test_m: test_a'],
      ['2: 3', '2: 4'],
    ],
    [
      'no column that is given as well',
      def('for a, b in [(1, 3), (2, 4)]:\n        assert f(g(b)) == b'),
      ['test_m: test_a'],
      [],
    ],
    [
      'no value that is given as well',
      def('expected = {"a": 1}\n    assert loads(dumps(expected)) == expected'),
      ['test_m: test_a'],
      [],
    ],
    [
      'no table of which a test gives a copy as well',
      `@pytest.mark.parametrize('items', [[3, 1], [2, 1]])\ndef test_a(items):\n    assert f(list(items)) == sorted(items)\n`,
      ['test_m: test_a[items0]'],
      [],
    ],
    [
      'no value that is given in a list or an object as well',
      def('expected = [1]\n    assert f([0, {"a": expected}]) == expected'),
      ['test_m: test_a'],
      [],
    ],
    [
      'a value of which a copy is compared as well',
      def('expected = [2, 1]\n    assert set(f()) == set(list(expected))\n    assert f() == expected'),
      ['test_m: test_a'],
      ['2: 2'],
    ],
    [
      'a value that is printed as well',
      def('expected = [1]\n    assert len(f()) == len(expected)\n    assert f() == expected, str(expected)'),
      ['test_m: test_a'],
      ['2: 1'],
    ],
    [
      'no table of what is given',
      `@pytest.mark.parametrize('a', [1, 2])\n${def('assert f(a)')}`,
      ['test_m: test_a[1]'],
      [],
    ],
  ])('%s', ([, text, names, expected]) => {
    expect(flipped('tests/test_m.py', text, 'python', names)).toEqual(expected)
  })
})

describe('what tests expect, in JavaScript', () => {
  const it = (body: string) => `test('adds', () => {\n  ${body}\n})\n`
  test.for<Row>([
    ['an expectation', it('expect(f(1)).toBe(3)'), ['a.test.js: adds'], ['2: 3']],
    ['an assertion', it("assert.equal(f(1), 3, '7')"), ['a.test.js: suite > adds'], ['2: 3']],
    ['an assertion of its own name', it('deepStrictEqual(f(1), { a: 3 })'), ['a.test.js: suite adds'], ['2: 3']],
    ['a chain', it("expect(f(1))\n    .to.be.equal('x', 'message')"), ['a.test.js: adds'], ["3: 'x'"]],
    ['a regular expression before it', it(`expect(f(/["'(]/)).toEqual(["b"])`), ['a.test.js: adds'], ['2: "b"']],
    [
      'a key',
      it('const c = { given: 1, expected: 3 }\n  expect(f(1)).toBe(c.expected)'),
      ['a.test.js: adds'],
      ['2: 3'],
    ],
    [
      'no bound',
      it('const expected = { max: 20 }, wantMost = 3\n  assert.ok(f(1) < expected.max && f(2) < wantMost)'),
      ['a.test.js: adds'],
      [],
    ],
    [
      'arguments of a call of a spy',
      it("expect(f).toHaveBeenCalledWith('a', 3)\n  expect(f).to.have.been.calledWith(4)"),
      ['a.test.js: adds'],
      ["2: 'a'", '2: 3', '3: 4'],
    ],
    [
      'no number of times',
      it('for (const [n] of [[1], [2]]) {\n    for (let i = 0; i < n; i++) f(i)\n    expect(size()).toBe(n)\n  }'),
      ['a.test.js: adds'],
      [],
    ],
    ['no negation', it('expect(f(1)).not.toBe(3)\n  assert.notEqual(f(1), 3)'), ['a.test.js: adds'], []],
    ['no comment', it('// expect(f(1)).toBe(3)'), ['a.test.js: adds'], []],
    ['no matcher', it('expect(f(1)).toEqual({ a: expect.any(Number), b: 1 })'), ['a.test.js: adds'], []],
    ['no other test', `${it('expect(1).toBe(3)')}it("is 2", () => expect(2).toBe(4))`, ['a.test.js: is 2'], ['4: 4']],
    ['no other file', it('expect(f(1)).toBe(3)'), ['b.test.js: adds'], []],
    [
      'a loop over a table with a name',
      "const cases = [[1, 3], [2, 4]]\nfor (const [a, sum] of cases) test('f ' + a, () => assert.equal(f(a), sum))",
      ['a.test.js: f 1'],
      ['1: 3', '1: 4'],
    ],
    [
      'each of a table with a name',
      'const cases = [[1, 3], [2, 4]]\ncases.forEach(([a, sum]) => test(`f ${a}`, () => assert.equal(f(a), sum)))',
      ['a.test.js: f 1'],
      ['1: 3', '1: 4'],
    ],
    [
      'no value that is given as well',
      it('const expected = { a: 1 }\n  assert.deepEqual(load(save(expected)), expected)'),
      ['a.test.js: adds'],
      [],
    ],
    [
      'no value of which a copy is given as well',
      it('const expected = [1, 3]\n  assert.deepEqual(f([...expected]), expected)'),
      ['a.test.js: adds'],
      [],
    ],
    [
      'no value that is given in an object as well',
      it('const expected = [1, 3]\n  assert.deepEqual(f({ a: expected }), expected)'),
      ['a.test.js: adds'],
      [],
    ],
    [
      'the column of a table',
      "test.each([[1, 3], [2, 4]])('%i is %i', (a, expected) => expect(f(a)).toBe(expected))",
      ['a.test.js: 1 is 3'],
      ['1: 3', '1: 4'],
    ],
  ])('%s', ([, text, names, expected]) => {
    expect(flipped('a.test.js', text, 'script', names)).toEqual(expected)
  })
})

test.for([
  ['3', '21'],
  ['-3', '15'],
  ['1_000', '1517'],
  ['0.5', '18'],
  ['True', 'False'],
  ['false', 'true'],
  ['None', "'another value'"],
  ["''", "' another value'"],
  ['"""a"""', '"""aqz"""'],
  ["b'OK'", "b'OKQZ'"],
  ["'3\\n'", "'21\\n'"],
  ["'a-b!'", "'a-bqz!'"],
  ["'\\x41\\n'", "'\\x41\\n another value'"],
])('%s becomes %s', ([literal = '', other]) => {
  expect(flipLiteral(literal)).toBe(other)
})

test('a text is changed in these places only', () => {
  const text = "it('a', () => { expect(f(1)).toBe(1); expect(f(2)).toBe('x') })\n"
  expect(flipText('a.test.js', text, 'script', ['a.test.js: a']).text).toBe(
    "it('a', () => { expect(f(1)).toBe(18); expect(f(2)).toBe('xqz') })\n",
  )
})
