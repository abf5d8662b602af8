import { expect, test } from 'vitest'
import { readTapTests } from '../../src/test-reports/read-tap-tests.ts'

test.each([
  ['nothing', '', [], 0],
  ['plain', '1..3\nok 1 - a\nnot ok 2 - b c\n# why\nok\n', ['passed a', 'failed b c', 'passed test'], 0],
  ['without names', 'not ok 1\nok 2\n1..2\n', ['failed test 1', 'passed test 2'], 0],
  [
    'directives',
    'ok 1 - a # SKIP none\nnot ok 2 b # TODO later\nok 3 - c # todo\nok 4 # skip\n',
    ['skipped a', 'skipped b', 'passed c', 'skipped test 4'],
    0,
  ],
  [
    'subtests',
    '# Subtest: s\n    ok 1 - a\n    # Subtest: t\n        not ok 1 - b\n    not ok 2 - t\nnot ok 1 - s\nok 2 - a\n',
    ['passed s > a', 'failed s > t > b', 'passed a'],
    0,
  ],
  ['a group that fails by itself', '    ok 1 - a\nnot ok 1 - s\n', ['passed s > a'], 1],
  ['other words', 'okay then\nnot okay\nok: 3\n ok 1 - a', ['passed a'], 0],
])('%s', (_what, text, expected, otherFailures) => {
  const report = readTapTests(text)
  expect(report.tests.map(({ name, outcome }) => `${outcome} ${name}`)).toEqual(expected)
  expect(report.otherFailures).toBe(otherFailures)
})

test('a failing test has the lines below it', () => {
  const [first, second] = readTapTests('not ok 1 - a\n  ---\n  got: 1\n  ...\nok 2 - b\n# rest\n').tests
  expect(first?.message).toBe('  ---\n  got: 1\n  ...')
  expect(second?.message).toBeUndefined()
})
