/** Whether whole tables are tried, and what takes minutes: with LR_SLOW_TESTS=1. */
export const TRIES_ALL = Boolean(process.env['LR_SLOW_TESTS'])

/**
 * Every so-manieth row of a table, so that a run of all tests stays short; the whole table with LR_SLOW_TESTS=1.
 *
 * @param share of how many rows one is taken
 * @param first the index of the first row that is taken, below `share`
 */
export function sampleOf<T>(rows: readonly T[], share: number, first = 0): T[] {
  return rows.filter((_, index) => TRIES_ALL || index % share === first)
}
