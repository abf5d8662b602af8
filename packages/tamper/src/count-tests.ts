import { RUNNERS, sumMatches, summariesOf, TABLE } from '@loop-runner/checker-table'

/** The tests of a run, and how many of them it skipped. */
export interface TestCounts {
  readonly tests: number
  readonly skipped: number
}

/** The first with a test counts. */
const SUMMARIES = [...summariesOf(TABLE), ...RUNNERS.map(({ summary }) => summary)]

/** The counts that a test run, or a script that runs tests, prints; undefined if it prints none. */
export function countTests(output: string): TestCounts | undefined {
  const groups = countGroups(output)
  if (groups !== undefined) return groups
  for (const { tests, skipped } of SUMMARIES) {
    const count = sumMatches(tests, output)
    if (count > 0) return { tests: count, skipped: sumMatches(skipped, output) }
  }
  return undefined
}

/**
 * tape, whose `# tests` counts assertions: a test that fails may make more of them than one that passes. Each test begins with
 * its name.
 */
function countGroups(output: string): TestCounts | undefined {
  if (!/^TAP version 1[34]$/m.test(output) || /^\s*# Subtest: /m.test(output)) return undefined
  const names = output.match(/^# (?!(?:tests|pass|fail|skip|todo)\s+\d+$|ok$)\S/gm) ?? []
  const skipped = names.length === 0 ? 0 : sumMatches([/^# SKIP /gm], output)
  return names.length === 0 ? undefined : { tests: names.length, skipped }
}
