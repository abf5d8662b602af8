import { expect, test } from 'vitest'
import { diffSources } from '../src/diff-sources.ts'

const files = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries))

test('lines are numbered on both sides', () => {
  const [diff] = diffSources(files({ 'a.py': 'one\ntwo\nthree\n' }), files({ 'a.py': 'one\n2\nthree\nfour\n' }))
  expect(diff).toMatchObject({ path: 'a.py', kind: 'changed', added: 2, removed: 1 })
  expect(diff?.hunks).toEqual([
    [
      { kind: 'same', text: 'one', before: 1, after: 1 },
      { kind: 'removed', text: 'two', before: 2, after: undefined },
      { kind: 'added', text: '2', before: undefined, after: 2 },
      { kind: 'same', text: 'three', before: 3, after: 3 },
      { kind: 'added', text: 'four', before: undefined, after: 4 },
    ],
  ])
})

test('new, deleted and equal files', () => {
  const diffs = diffSources(files({ a: '1\n', b: '2\n' }), files({ b: '2\n', c: '3\n' }))
  expect(diffs.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['a deleted', 'c new'])
})

test('files that have too little in common have no hunks', () => {
  const lines = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('')
  expect(diffSources(files({ a: lines('one') }), files({ a: lines('two') }))).toMatchObject([{ hunks: [] }])
})
