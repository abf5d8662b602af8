import type { Summary } from '../table-entry.ts'

/** How a test runner says what passed and what failed. Each pattern's groups are numbers; without a group, matches count. */
export interface Tally {
  readonly passed: readonly RegExp[]
  readonly failed: readonly RegExp[]
  /** Without such a line it is another runner's report. */
  readonly only?: RegExp
  /** All tests, in the place of those that passed. */
  readonly total?: RegExp
  /** Whether its lines may be very long. */
  readonly isLong?: boolean
}

/** How a kind of test runner sums up, whatever starts it. */
export interface Runner {
  readonly summary: Summary
  /** Several where versions differ, or where runners alike share a summary. */
  readonly tallies: readonly Tally[]
}
