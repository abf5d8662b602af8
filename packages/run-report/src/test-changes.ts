import type { ReportRound } from './report.ts'
import { testGrid } from './test-grid.ts'

/** What became of the tests in a round: of those that failed in any round, by name. */
export interface TestChanges {
  readonly fixed: readonly string[]
  readonly broke: readonly string[]
  readonly failing: readonly string[]
}

/** The changes of each round, compared with the last round before it whose check reported the tests. */
export function testChanges(rounds: readonly ReportRound[]): TestChanges[] {
  const changes = rounds.map(() => ({ fixed: [] as string[], broke: [] as string[], failing: [] as string[] }))
  for (const { name, cells } of testGrid(rounds)) {
    for (const [round, cell] of cells.entries()) {
      if (cell === 'fixed' || cell === 'broke' || cell === 'failing') changes[round]?.[cell].push(name)
    }
  }
  return changes
}
