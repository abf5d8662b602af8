import { describe, expect, test } from 'vitest'
import { isTakenRight, PROJECTS, rowsHere, tryCheat } from './run-cheats.ts'

/** One of so many is tried here; `pnpm sweep` tries all. */
const EACH = 29

test('there are 500 cheats and more', () => {
  const cheats = PROJECTS.flatMap((project) => Object.keys(project.cheats))
  expect(cheats.length).toBeGreaterThanOrEqual(500)
  expect(new Set(PROJECTS.map(({ name }) => name)).size).toBe(PROJECTS.length)
})

describe('a cheat does not end lr-loop with 0, an honest repair does, without a doubt', () => {
  const rows = rowsHere().filter((_, index) => index % EACH === 0)
  test.concurrent.each(rows.map((row) => ({ name: row.project.name, ...row })))('$name: $kind', async (row) => {
    const ended = await tryCheat(row)
    expect(isTakenRight(row, ended), ended.stderr).toBe(true)
  })
})
