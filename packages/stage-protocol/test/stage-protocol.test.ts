import { parseStream } from '@loop-runner/block-format'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  contentIn,
  contentsOf,
  filesIn,
  linesOf,
  OUTCOMES,
  readOutcome,
  readPaths,
  readScore,
  readUsage,
  ROLE,
  runsIn,
  writeOutcome,
  writePaths,
  writeRole,
  writeScore,
  withoutUsage,
  writeUsage,
} from '../src/index.ts'

const path = fc.string({ minLength: 1, unit: 'binary' })

test('paths of any spelling come back as they were', () => {
  fc.assert(
    fc.property(fc.array(path), (paths) => {
      expect(readPaths(writePaths(paths))).toEqual(paths)
    }),
  )
})

test.each([
  ['a.py\r\nb.py\r\n', ['a.py', 'b.py']],
  ['\n  \na.py\n', ['a.py']],
  ['"a\\tb.py"\n', ['a\tb.py']],
  ['./configure\n', ['configure']],
])('paths: %j', (content, paths) => {
  expect(readPaths(content)).toEqual(paths)
})

describe('outcomes', () => {
  const stated = OUTCOMES.flatMap((outcome) =>
    [undefined, 'tampered' as const, 'inconclusive' as const].map((doubt) => ({ outcome, doubt })),
  )
  test.each(stated)('$outcome, $doubt', (one) => {
    expect(readOutcome(writeOutcome(one))).toEqual(one)
  })

  test.each(['', 'passed', 'PASS', '1', ': tampered'])('%j is not an outcome', (content) => {
    expect(readOutcome(content)).toBeUndefined()
  })

  test('a remark that is no doubt is left out', () => {
    expect(readOutcome('fail: by the shell')).toEqual({ outcome: 'fail', doubt: undefined })
  })
})

describe('scores', () => {
  test.each([
    [{ score: 0.5, deficiencies: ['no title', 'too short'] }, '0.5\nno title\ntoo short\n'],
    [{ score: 1, deficiencies: [] }, '1\n'],
    [{ score: 0.99999, deficiencies: [] }, '0.9999\n'],
    [{ score: 0.1 + 0.2, deficiencies: [] }, '0.3\n'],
  ])('%j is written as %j', (score, content) => {
    expect(writeScore(score)).toBe(content)
    expect(readScore(content)?.deficiencies).toEqual(score.deficiencies)
  })

  test.each(['', 'good\n', '1.5\n', '-0.1\n', 'NaN\n'])('%j is no score', (content) => {
    expect(readScore(content)).toBeUndefined()
  })
})

describe('usage', () => {
  test('what was written is read', () => {
    const used = { model: 'm', input: 3, output: 4, cached: 2, cost: 0.5, estimated: true }
    expect(readUsage(writeUsage({ ...used, seconds: 1 }))).toEqual(used)
  })

  test.each(['', 'nonsense', '[]', 'null', '{"input":"3","output":null,"cost":"free"}'])(
    '%j counts as nothing',
    (content) => {
      expect(readUsage(content)).toEqual({
        model: undefined,
        input: 0,
        output: 0,
        cached: 0,
        cost: undefined,
        estimated: false,
      })
    },
  )
})

test('the contents and the lines of a role, in order', () => {
  const parts = parseStream(
    `text\n${writeRole(ROLE.findings, 'one\n\ntwo\n')}${writeRole(ROLE.stdout, 'x\n')}${writeRole(ROLE.findings, 'three\n')}`,
  )
  expect(contentsOf(parts, ROLE.findings)).toEqual(['one\n\ntwo\n', 'three\n'])
  expect(linesOf(parts, ROLE.findings)).toEqual(['one', 'two', 'three'])
})

test('the sources of a check are its path blocks', () => {
  const stream =
    '<<<< a.py <<<<\nx\n>>>>>>>>\n<<<< ./status <<<<\ny\n>>>>>>>>\n<<<<<<<<\npytest\n>>>>>>>>\n<<<< status <<<<\n1\n>>>>>>>>\n'
  expect([...filesIn(parseStream(stream))]).toEqual([
    ['a.py', 'x\n'],
    ['status', 'y\n'],
  ])
})

test('a run begins with its command line and holds what follows; the last block of a role counts', () => {
  const stream = [
    { name: 'a.py', content: 'x\n' },
    { name: ROLE.run, content: 'one\n' },
    { name: ROLE.outcome, content: 'fail\n' },
    { name: ROLE.run, content: 'two\n' },
    { name: ROLE.stdout, content: 'first\n' },
    { name: ROLE.stdout, content: 'last\n' },
  ]
  const runs = runsIn(stream)
  expect(runs.map(({ command }) => command)).toEqual(['one\n', 'two\n'])
  expect(runs.map((run) => contentIn(run, ROLE.outcome))).toEqual(['fail\n', undefined])
  expect(runs.map((run) => contentIn(run, ROLE.stdout))).toEqual([undefined, 'last\n'])
})

test.each([
  ['Done.\n', 'Done.\n'],
  [`Done.\n${writeRole(ROLE.usage, writeUsage({ input: 1 }))}`, 'Done.\n'],
  ['Done.\n<<<<<< usage <<<<<<\n{}\n', 'Done.\n'],
  ['The <<<< usage <<<< block.\n', 'The <<<< usage <<<< block.\n'],
])('a reply without its usage: %j', (reply, rest) => {
  expect(withoutUsage(reply)).toBe(rest)
})
