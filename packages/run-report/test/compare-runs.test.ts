import { expect, test } from 'vitest'
import { comparableFiles } from '../src/compare-runs.ts'
import type { Report } from '../src/report.ts'

type Files = Readonly<Record<string, string>>

function run(before: Files, after: Files): Pick<Report, 'files'> {
  const map = (files: Files) => new Map(Object.entries(files))
  return { files: { before: map(before), after: map(after) } }
}

test.each<{ what: string; left: [Files, Files]; right: [Files, Files]; files: [Files, Files] }>([
  {
    what: 'a source of one run alone is not deleted by the other',
    left: [
      { a: '1', b: '1' },
      { a: '2', b: '2' },
    ],
    right: [{ a: '1' }, { a: '3' }],
    files: [{ a: '2' }, { a: '3' }],
  },
  {
    what: 'a file that one run made',
    left: [{ a: '1' }, { a: '2', made: 'x' }],
    right: [{ a: '1' }, { a: '2' }],
    files: [{ a: '2', made: 'x' }, { a: '2' }],
  },
  {
    what: 'a file that one run deleted',
    left: [
      { a: '1', b: '1' },
      { a: '1', b: '1' },
    ],
    right: [{ a: '1', b: '1' }, { a: '1' }],
    files: [{ a: '1', b: '1' }, { a: '1' }],
  },
  { what: 'nothing in common', left: [{ a: '1' }, { a: '2' }], right: [{ b: '1' }, { b: '2' }], files: [{}, {}] },
])('$what', ({ left, right, files }) => {
  expect(comparableFiles(run(...left), run(...right)).map((map) => Object.fromEntries(map))).toEqual(files)
})
