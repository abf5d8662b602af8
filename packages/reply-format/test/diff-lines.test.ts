import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from '../src/diff-lines.ts'

function patched(left: readonly string[], right: readonly string[]): string[] {
  const made: string[] = []
  let at = 0
  for (const run of diffLines(left, right)) {
    made.push(...left.slice(at, run.left), ...right.slice(run.right, run.right + run.added))
    at = run.left + run.removed
  }
  return [...made, ...left.slice(at)]
}

test('any two lists: what is replaced turns the first into the second', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 })
  fc.assert(
    fc.property(list, list, (left, right) => patched(left, right).join() === right.join()),
    { numRuns: 2000 },
  )
})

test.each([
  { left: 'a b c', right: 'a b c', runs: [] },
  { left: '', right: 'a', runs: [{ left: 0, removed: 0, right: 0, added: 1 }] },
  { left: 'a b', right: '', runs: [{ left: 0, removed: 2, right: 0, added: 0 }] },
  { left: 'a x y b', right: 'a z b', runs: [{ left: 1, removed: 2, right: 1, added: 1 }] },
  {
    left: 'a x b y c',
    right: 'a b z y c w',
    runs: [
      { left: 1, removed: 1, right: 1, added: 0 },
      { left: 3, removed: 0, right: 2, added: 1 },
      { left: 5, removed: 0, right: 5, added: 1 },
    ],
  },
])('"$left" and "$right"', ({ left, right, runs }) => {
  const lines = (text: string) => text.split(' ').filter((word) => word !== '')
  expect(diffLines(lines(left), lines(right))).toEqual(runs)
})

test('files that have nothing in common are one run', () => {
  const [left, right] = ['l', 'r'].map((word) => Array.from({ length: 3000 }, (_, index) => `${word}${index}`))
  expect(diffLines(left ?? [], right ?? [])).toEqual([{ left: 0, removed: 3000, right: 0, added: 3000 }])
})
