import { expect, test } from 'vitest'
import { rowsOf } from '../../src/progress/text-width.ts'

test.each([
  [[], 10, 0],
  [['', ''], 10, 2],
  [['a'.repeat(10)], 10, 1],
  [['a'.repeat(11), 'b'], 10, 3],
  [['失败'], 4, 1],
  [['失败了'], 4, 2],
  [['▁▅█ · …'], 7, 1],
])('%j in %i columns: %i rows', (lines, columns, rows) => {
  expect(rowsOf(lines, columns)).toBe(rows)
})
