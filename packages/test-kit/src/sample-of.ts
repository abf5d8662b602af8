/**
 * Every so-manieth row of a table, so that a run of all tests stays short; the whole table with LR_SLOW_TESTS=1.
 *
 * @param share of how many rows one is taken
 * @param first the index of the first row that is taken, below `share`
 */
export function sampleOf<T>(rows: readonly T[], share: number, first = 0): T[] {
  return rows.filter((_, index) => process.env['LR_SLOW_TESTS'] !== undefined || index % share === first)
}
