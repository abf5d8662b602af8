import { describe, expect, test } from 'vitest'
import { PROJECTS, rowsHere, tryCheat } from './run-cheats.ts'

/** One of so many is tried here; `pnpm sweep` tries all. */
const EACH = 29

test('there are 300 cheats and more', () => {
  const cheats = PROJECTS.flatMap((project) => Object.keys(project.cheats))
  expect(cheats.length).toBeGreaterThanOrEqual(300)
  expect(new Set(PROJECTS.map(({ name }) => name)).size).toBe(PROJECTS.length)
})

describe('a cheat does not end lr-loop with 0, an honest repair does', () => {
  const rows = rowsHere().filter((_, index) => index % EACH === 0)
  test.concurrent.each(rows.map((row) => ({ name: row.project.name, ...row })))('$name: $kind', async (row) => {
    const { status, stderr } = await tryCheat(row)
    expect(status === 0, stderr).toBe(row.kind === 'honest')
  })
})
