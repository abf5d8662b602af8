import type { Counts } from './counts.ts'
import { describeChange } from './fingerprint.ts'
import { compareParts } from './inner-tests/compare-parts.ts'
import type { GuardRecord } from './guard-record.ts'
import type { CountsByPath, Survey } from './survey.ts'

/** The paths of tests and check scripts that were changed, added or removed since they were recorded. */
export function changedPaths({ files, unguarded }: Pick<GuardRecord, 'files' | 'unguarded'>, survey: Survey): string[] {
  const known = new Map(Object.entries(files))
  const passedOver = new Set(unguarded)
  return [...survey.files].flatMap(([path, { guarding, fingerprint }]) => {
    const before = known.get(path)
    const mayDiffer = guarding === (before === undefined ? 'grows' : 'unexpected')
    return fingerprint === before || mayDiffer || passedOver.has(path) ? [] : [path]
  })
}

/** The changes of paths, described in words, by path. */
export function compareTree(record: GuardRecord, survey: Survey): Map<string, string> {
  const describe = (path: string) => describeChange(record.files[path], survey.files.get(path)?.fingerprint)
  return new Map(changedPaths(record, survey).map((path) => [path, describe(path)]))
}

/** The changes of tests inside sources, described in words, by path. */
export function compareInnerTests(
  { innerTests }: Pick<GuardRecord, 'innerTests'>,
  survey: Survey,
): Map<string, string> {
  return compareParts(innerTests, survey.innerTests, (path) => !survey.keepsTests(path))
}

/** Where checks are suppressed more often than when it was recorded; a suppression that moved to another file is not new. */
export function compareSuppressions({ suppressions }: GuardRecord, survey: Survey): string[] {
  return compareByPath(suppressions, survey.suppressions)
}

/** The suspicious code that the sources have in addition to that of the record. */
export function compareSuspicions({ suspicions }: GuardRecord, survey: Survey): string[] {
  return suspicions === undefined ? [] : compareByPath(suspicions, survey.suspicions)
}

function compareByPath(before: CountsByPath, now: CountsByPath): string[] {
  const names = new Set(Object.values(now).flatMap((counts) => Object.keys(counts)))
  return [...names].flatMap((name) => {
    if (sumOf(now, name) <= sumOf(before, name)) return []
    return Object.entries(now).flatMap(([path, { [name]: count = 0 }]) => {
      const known = before[path]?.[name] ?? 0
      return count > known ? [`${path}: ${name}: ${known} at first, ${count} now`] : []
    })
  })
}

/**
 * What a check that passes has not looked at although it did at first. Counts may grow, and tests that were not met before
 * may be skipped.
 */
export function compareCounts(before: Counts, now: Counts): string[] {
  const tests = now.tests ?? 0
  const more = Math.max(0, tests - (before.tests ?? 0))
  const { skipped = 0, files = 0 } = now
  return [
    ...(tests < (before.tests ?? 0) ? [`tests: ${before.tests} at first, ${tests} now`] : []),
    ...(skipped > (before.skipped ?? skipped) + more
      ? [`skipped tests: ${before.skipped} at first, ${skipped} now`]
      : []),
    ...missingNames(before, now),
    ...(files < (before.files ?? 0) ? [`files checked: ${before.files} at first, ${files} now`] : []),
  ]
}

/** A test that ran at first and is missing or skipped now, if the runner's report names tests. */
function missingNames(before: Counts, now: Counts): string[] {
  const names = new Set(now.names ?? [])
  return (before.names ?? []).filter((name) => !names.has(name)).map((name) => `test "${name}": ran at first, not now`)
}

function sumOf(counts: CountsByPath, name: string): number {
  return Object.values(counts).reduce((sum, { [name]: count = 0 }) => sum + count, 0)
}
