import type { ReportRound } from './report.ts'

/** A test in a round: it fails as before, fails for the first time in a row, passes after a failure, or passes as before. */
export type Cell = 'failing' | 'broke' | 'fixed' | 'passing' | 'unknown'

/** How a cell is shown; `!` says that the state is new. */
export const CELL_MARKS: Readonly<Record<Cell, string>> = {
  failing: '✗',
  broke: '✗!',
  fixed: '✓!',
  passing: '✓',
  unknown: '?',
}

export interface TestRow {
  readonly name: string
  /** One for each round that was checked. */
  readonly cells: readonly Cell[]
}

/**
 * Tests that failed in any round, with their state in each. A test that a check does not list as failing passes in it; if
 * the check itself did not end with pass or fail, nothing is known.
 */
export function testGrid(rounds: readonly ReportRound[]): TestRow[] {
  const names = new Set(rounds.flatMap(({ failing }) => failing))
  const inRounds = rounds.map((round) => (isReliable(round) ? new Set(round.failing) : undefined))
  return [...names].map((name) => {
    const cells: Cell[] = []
    let wasFailing: boolean | undefined
    for (const failing of inRounds) {
      if (failing === undefined) {
        cells.push('unknown')
        continue
      }
      const isFailing = failing.has(name)
      cells.push(cellOf(isFailing, wasFailing))
      wasFailing = isFailing
    }
    return { name, cells }
  })
}

function cellOf(isFailing: boolean, wasFailing: boolean | undefined): Cell {
  if (isFailing) return wasFailing === false ? 'broke' : 'failing'
  return wasFailing === true ? 'fixed' : 'passing'
}

/** Whether the check of a round reported the tests: one that fails without naming a test says nothing about them. */
export function isReliable({ check, checkRuns, failing }: ReportRound): boolean {
  if (check === undefined || checkRuns.some(({ outcome }) => !/^(?:pass|fail)$/.test(outcome))) return false
  return check.passed || failing.length > 0
}
