import { describe, expect, test } from 'vitest'
import { checkersPage } from '../../../scripts/docs/checkers-page.ts'
import { checkerSchema } from '../src/checker.ts'
import { checkersOf, settingNames, summariesOf, suppressionsOf } from '../src/derived-lists.ts'
import { sumMatches } from '../src/sum-matches.ts'
import { TABLE } from '../src/table.ts'
import type { TableEntry } from '../src/table-entry.ts'

const tidy: TableEntry = {
  kind: 'test',
  types: ['python'],
  command: ['tidy-tests', '{files}'],
  exit: { pass: [0], fail: [1] },
  install: 'pip install tidy-tests',
  guard: {
    suppressions: [{ name: 'tidy: off', pattern: /# tidy: off/g }],
    settings: ['.tidyrc*'],
    summary: { tests: [/^(\d+) tidied$/gm], skipped: [] },
  },
}

describe('one new entry of the table reaches every list', () => {
  const table = { ...TABLE, 'tidy-tests': tidy }

  test('of checkers, in the form that lr.yaml uses', () => {
    const { 'tidy-tests': checker } = checkersOf(table)
    expect(checkerSchema.parse(checker)).toEqual(checker)
    expect(checker?.command).toEqual(tidy.command)
  })

  test('of suppressions, for the types of the checker', () => {
    expect(suppressionsOf(table)).toContainEqual({
      name: 'tidy: off',
      types: ['python'],
      pattern: /# tidy: off/g,
    })
  })

  test('of protected settings and of test counts', () => {
    expect(settingNames(table)).toContain('.tidyrc*')
    expect(summariesOf(table)).toContainEqual(tidy.guard?.summary)
  })

  test('of the page of checkers', () => {
    const page = checkersPage(table)
    expect(page).toContain('| `tidy-tests` | test | `tidy-tests {files}` |')
    expect(page).toContain('| `tidy-tests` | pip install tidy-tests |')
  })
})

test.each(Object.entries(checkersOf(TABLE)))('%s fits the schema of lr.yaml', (_, checker) => {
  expect(checkerSchema.parse(checker)).toEqual(checker)
})

test.each(suppressionsOf(TABLE))('the pattern of "$name" counts all matches', ({ pattern }) => {
  expect(pattern.flags).toContain('g')
})

test.each([
  ['ok\nok\n', [/^ok$/gm], 2],
  ['3 failures, 4 errors\n', [/^(\d+) failures, (\d+) errors$/gm], 7],
  ['3 failures\n', [/^(\d+) failures(?:, (\d+) errors)?$/gm], 3],
  ['1 a\n2 b\n', [/^(\d+) a$/gm, /^(\d+) b$/gm, /^(\d+) c$/gm], 3],
])('the matches in %j are summed', (text, patterns, sum) => {
  expect(sumMatches(patterns, text)).toBe(sum)
})
