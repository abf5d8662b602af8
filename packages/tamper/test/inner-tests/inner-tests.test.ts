import { describe, expect, test } from 'vitest'
import { compareParts, recordParts } from '../../src/inner-tests/compare-parts.ts'
import { findInnerTests } from '../../src/inner-tests/find-inner-tests.ts'

function judge(type: string, before: string, after: string): string | undefined {
  const parts = (text: string) => ({ f: findInnerTests(text, type, true) })
  return compareParts(recordParts(parts(before)), parts(after), () => false).get('f')
}

const RUST = `//! Adds.
//!
//! \`\`\`
//! assert_eq!(calc::add(2, 2), 4);
//! \`\`\`

/// The sum.
///
/// \`\`\`
/// assert_eq!(calc::add(1, 2), 3);
/// \`\`\`
///
/// \`\`\`text
/// 1 + 2
/// \`\`\`
pub fn add(a: i32, b: i32) -> i32 {
    a - b
}

#[cfg(test)]
mod tests {
    use super::add;

    const CASES: [(i32, i32); 2] = [(1, 2), (3, 4)];

    // One of them.
    #[test]
    fn adds() {
        assert_eq!(add(1, 2), 3, "{}", '}');
    }

    #[test]
    #[should_panic(expected = "overflow")]
    fn overflows() {
        add(i32::MAX, 1);
    }
}
`
const SCRIPT = `export const add = (a, b) => a - b

if (import.meta.vitest) {
  const { test, expect } = import.meta.vitest
  test('adds', () => {
    expect(add(1, 2)).toBe(3)
  })
  test('adds nothing', () => expect(add(0, 0)).toBe(0))
}
`
const C = `int add(int a, int b) { return a - b; }
#ifdef CALC_TEST
#include <assert.h>
int main(void) {
  assert(add(1, 2) == 3);
  return 0;
}
#endif
`
const PYTHON = `def add(a, b):
    """The sum.

    >>> add(1, 2)
    3
    >>> for n in range(2):
    ...     print(add(n, 1))
    1
    2
    """
    return a - b
`

type Row = [what: string, type: string, before: string, changes: readonly (readonly [string, string])[]]
const applied = (text: string, changes: Row[3]) =>
  changes.reduce((now, [from, to]) => {
    expect(now).toContain(from)
    return now.replace(from, () => to)
  }, text)

describe('tests that stand in a source are changed by', () => {
  test.for<Row>([
    ['another expectation', 'rust', RUST, [['add(1, 2), 3, "', 'add(1, 2), 0, "']]],
    ['an empty test', 'rust', RUST, [['assert_eq!(add(1, 2), 3, "{}", \'}\');', '']]],
    ['an end at its start', 'rust', RUST, [['fn adds() {', 'fn adds() { if 1 + 1 == 2 { return; }']]],
    ['a test that is ignored', 'rust', RUST, [['#[test]\n    fn adds', '#[test]\n    #[ignore]\n    fn adds']]],
    ['a test without its attribute', 'rust', RUST, [['#[test]\n    fn adds', 'fn adds']]],
    [
      'a test in a comment',
      'rust',
      RUST,
      [
        ['#[cfg(test)]', '/*\n#[cfg(test)]'],
        ['1);\n    }\n}\n', '1);\n    }\n}\n*/\n'],
      ],
    ],
    ['a module under another condition', 'rust', RUST, [['#[cfg(test)]', '#[cfg(all(test, windows))]']]],
    ['a module under one more condition', 'rust', RUST, [['#[cfg(test)]', '#[cfg(any())]\n#[cfg(test)]']]],
    [
      'a module in one that is never compiled',
      'rust',
      RUST,
      [
        ['#[cfg(test)]', '#[cfg(any())]\nmod off {\n#[cfg(test)]'],
        ['1);\n    }\n}\n', '1);\n    }\n}\n}\n'],
      ],
    ],
    [
      'a module that a macro gets',
      'rust',
      RUST,
      [
        ['#[cfg(test)]', 'nothing! {\n#[cfg(test)]'],
        ['1);\n    }\n}\n', '1);\n    }\n}\n}\n'],
      ],
    ],
    ['a table with other values', 'rust', RUST, [['(3, 4)]', '(3, 5)]']]],
    ['another function under test', 'rust', RUST, [['use super::add;', 'use super::other as add;']]],
    [
      'a function that hides the one under test',
      'rust',
      RUST.replace('super::add', 'super::*'),
      [['const CASES', 'fn add(_: i32, _: i32) -> i32 { 3 }\n    const CASES']],
    ],
    [
      'a macro beside the tests',
      'rust',
      RUST,
      [['const CASES', 'macro_rules! assert_eq { ($($t:tt)*) => {} }\n    const CASES']],
    ],
    [
      'a condition of tests on what they test',
      'rust',
      RUST,
      [['pub fn add', '#[cfg(test)]\npub fn add(_: i32, _: i32) -> i32 { 3 }\n#[cfg(not(test))]\npub fn add']],
    ],
    ['another documented result', 'rust', RUST, [['calc::add(1, 2), 3', 'calc::add(1, 2), -1']]],
    ['another documented result of the crate', 'rust', RUST, [['calc::add(2, 2), 4', 'calc::add(2, 2), 0']]],
    ['an example that is no test any more', 'rust', RUST, [['/// ```\n/// assert', '/// ```ignore\n/// assert']]],
    ['no source', 'rust', RUST, [[RUST, '']]],
    ['another expectation', 'typescript', SCRIPT, [['toBe(3)', 'toBe(-1)']]],
    ['a test that is gone', 'typescript', SCRIPT, [["test('adds nothing', () => expect(add(0, 0)).toBe(0))", '']]],
    ['a value returned before', 'typescript', SCRIPT, [['    expect(add(1', '    return\n    expect(add(1']]],
    ['another condition', 'javascript', SCRIPT, [['if (import.meta.vitest)', 'if (false && import.meta.vitest)']]],
    ['code among the tests', 'javascript', SCRIPT, [['  test(', '  expect.extend(all)\n  test(']]],
    ['another expectation', 'c', C, [['== 3', '== -1']]],
    ['an end before', 'c', C, [['{\n  assert', '{\n  return 0;\n  assert']]],
    ['another name of the condition', 'c', C, [['#ifdef CALC_TEST', '#ifdef OTHER']]],
    [
      'a condition around it',
      'c',
      C,
      [
        ['#ifdef CALC_TEST', '#if 0\n#ifdef CALC_TEST'],
        ['#endif', '#endif\n#endif'],
      ],
    ],
    ['another expectation', 'python', PYTHON, [['    3\n', '    -1\n']]],
    ['a skipped example', 'python', PYTHON, [['add(1, 2)\n', 'add(1, 2)  # doctest: +SKIP\n']]],
    ['a string that is not a docstring', 'python', PYTHON, [['    """The', '    text = """The']]],
    [
      'another function for the examples',
      'python',
      PYTHON,
      [['    >>> add(1', '    >>> add = lambda a, b: 3\n    >>> add(1']],
    ],
  ])('%s (%s)', ([, type, before, changes]) => {
    expect(judge(type, before, applied(before, changes))).toMatch(/^its tests changed \(.*line \d+/)
  })
})

describe('tests that stand in a source stay as they were with', () => {
  const more =
    '    #[test]\n    fn adds_more() {\n        assert_eq!(helped(5, 2), 7);\n    }\n\n    fn helped(a: i32, b: i32) -> i32 {\n        add(a, b)\n    }\n'
  test.for<Row>([
    ['a repair', 'rust', RUST, [['a - b', 'a + b']]],
    [
      'a repair that takes other types',
      'rust',
      RUST,
      [['pub fn add(a: i32, b: i32) -> i32', 'pub fn add<T: std::ops::Add<Output = T>>(a: T, b: T) -> T']],
    ],
    ['a new test and a function for it', 'rust', RUST, [['    // One', `${more}\n    // One`]]],
    ['a new use for it', 'rust', RUST, [['use super::add;', 'use super::{add, sub};']]],
    [
      'a new module of tests',
      'rust',
      RUST,
      [
        [
          '#[cfg(test)]',
          '#[cfg(test)]\nmod more {\n    use super::*;\n    fn add_twice() {}\n    #[test]\n    fn adds() {}\n}\n\n#[cfg(test)]',
        ],
      ],
    ],
    [
      'another layout',
      'rust',
      RUST,
      [
        [
          'assert_eq!(add(1, 2), 3, "{}", \'}\');',
          'assert_eq!(\n            add(1,2),\n            3,\n            "{}",\n            \'}\',\n        );',
        ],
        ['[(1, 2), (3, 4)]', '[\n        (1, 2),\n        (3, 4),\n    ]'],
      ],
    ],
    [
      'another order',
      'rust',
      `${RUST}\n#[test]\nfn last() {}\n`,
      [
        ['\n#[test]\nfn last() {}\n', ''],
        ['#[cfg(test)]', '#[test]\nfn last() {}\n\n#[cfg(test)]'],
      ],
    ],
    [
      'other words of documentation',
      'rust',
      RUST,
      [
        ['/// The sum.', '/// The sum of both.'],
        ['/// 1 + 2', '/// 2 + 1'],
      ],
    ],
    [
      'a new example',
      'rust',
      RUST,
      [['/// ```text', '/// ```\n/// assert_eq!(calc::add(3, 2), 5);\n/// ```\n/// ```text']],
    ],
    [
      'brackets in characters and strings',
      'rust',
      RUST,
      [['a - b', "let _ = ('{', \"}\", r#\"{\"#, b'{', '\\'');\n    a + b"]],
    ],
    [
      'a field for tests',
      'rust',
      `pub struct A {\n    #[cfg(test)]\n    calls: u32,\n}\n${RUST}`,
      [['calls: u32,', 'calls: u32,\n    more: u32,']],
    ],
    ['a repair', 'typescript', SCRIPT, [['a - b', 'a + b']]],
    [
      'a new test',
      'typescript',
      SCRIPT,
      [
        [
          "  test('adds nothing'",
          "  test('adds more', () => {\n    expect(add(5, 2)).toBe(7)\n  })\n  test('adds nothing'",
        ],
      ],
    ],
    ['another indentation', 'typescript', SCRIPT, [['    expect(add(1', '\n        expect(add(1']]],
    ['a repair', 'c', C, [['a - b', 'a + b']]],
    ['new tests', 'c', C, [['#endif', '#endif\n#ifdef MORE_TESTS\nint more(void) { return add(0, 0); }\n#endif']]],
    ['a repair', 'python', PYTHON, [['a - b', 'a + b']]],
    ['a new example', 'python', PYTHON, [['    """\n    return', '    >>> add(5, 2)\n    7\n    """\n    return']]],
    ['other words of documentation', 'python', PYTHON, [['The sum.', 'The sum of both.']]],
  ])('%s (%s)', ([, type, before, changes]) => {
    expect(judge(type, before, applied(before, changes))).toBe(undefined)
  })
})

test.for([
  [
    'rust',
    '#[cfg(not(test))]\nmod real {}\n#[cfg_attr(test, derive(Debug))]\nstruct A;\n#[cfg(any(test, windows))]\nfn f() {}\n',
  ],
  ['rust', 'fn f() {\n    #[cfg(test)]\n    println!("called");\n}\n'],
  ['rust', '/// ```sh\n/// cargo test\n/// ```\nfn f() {}\n// ```\n// not a doc\n// ```\n'],
  [
    'c',
    '#ifndef LATEST_H\n#define LATEST_H\n#if defined(FASTEST) || LATEST > 2\nint f(void);\n#endif\n#ifndef TEST\nint main(void) { return 0; }\n#endif\n#endif\n',
  ],
  ['typescript', 'if (import.meta.env.DEV) { test() }\n'],
  ['go', '#[cfg(test)]\n'],
])('no test stands in this text of %s', ([type = '', text = '']) => {
  expect(findInnerTests(text, type, true)).toEqual([])
})

test('examples of Python count only if the check runs them', () => {
  expect(findInnerTests(PYTHON, 'python', false)).toEqual([])
})
