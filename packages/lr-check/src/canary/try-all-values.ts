import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { nameInEveryRun } from '@loop-runner/checkers'
import { canaryOf, flipAll, flipExpectations, flipLines, testsIn } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { breakFiles } from './break-files.ts'
import { allTests, LEAST_FLIPS, repairedTests, testFiles } from './repaired-tests.ts'
import { type Copy, isAsGood, runInCopy } from './run-in-copy.ts'

/** By chance a right value may come out of one change. */
const TIMES = 2

/**
 * Where too few expected values are found one by one: all values of the tests that failed at first are others. Code for which
 * these tests pass as well is compared with nothing, or knows what they hold; or they only say within which bounds it stays.
 *
 * @returns a line for each file
 */
export async function tryAllValues(first: Run, copy: Copy, io: Io): Promise<string[]> {
  const paths = filesToChange(first, copy)
  const counts = new Map(paths.map((path) => [path, valuesOf(path, copy).count]))
  if (sumOf(counts.values()) < LEAST_FLIPS) return []
  const changed = paths.filter((path) => counts.get(path) !== 0)
  const folder = await copy.make()
  for (let time = 0; time < TIMES; time++) {
    for (const path of changed) writeFileSync(join(folder, path), valuesOf(path, copy).text)
    if (isNoticed(first, await runInCopy(first.plan, canaryOf(first.plan), copy, io), copy)) return []
  }
  breakFiles(changed, folder)
  if (isAsGood(first, await runInCopy(first.plan, undefined, copy, io))) return []
  return changed.map((path) => `${path}: the tests pass as well with other values (${counts.get(path)} were changed)`)
}

/** None if enough values were found one by one: they have been tried. */
function filesToChange({ plan, report }: Run, copy: Copy): readonly string[] {
  const { names, original, request } = copy
  const canary = canaryOf(plan)
  if (canary === undefined || report === undefined) {
    if (canary !== undefined) return testFiles(canary, names)
    const met = request.met.filter((path) => names.includes(path))
    if (flipLines(met, original).areEnough) return []
    // A runner that prints no names of files may have met any test.
    return sumOf(met.map((path) => valuesOf(path, copy).count)) < LEAST_FLIPS
      ? [...new Set([...met, ...allTests(names)])]
      : met
  }
  const files = testFiles(canary, names)
  const repaired = repairedTests(report.tests, request.atFirst)
  const areEnough = flipExpectations(files, repaired, original).flips.length >= LEAST_FLIPS
  return areEnough || repaired.length === 0 ? [] : testsIn(files, repaired)
}

/** A file with other values, by chance, and how many these are. */
function valuesOf(path: string, { original }: Copy) {
  return flipAll(path, readFileSync(join(original, path), 'utf8')) ?? { text: '', count: 0 }
}

/** Whether a test that failed at first fails, or the run comes to no end. */
export function isNoticed(first: Run, again: Run, { request }: Copy): boolean {
  if (first.report === undefined) return !isAsGood(first, again)
  if (again.report === undefined || again.report.otherFailures > 0) return true
  const { names = [], failed = [] } = request.atFirst
  const wasRed = new Set(failed)
  const wasGreen = new Set(names.filter((name) => !wasRed.has(name)))
  return again.report.tests.some(({ name, outcome }) => outcome !== 'passed' && !wasGreen.has(nameInEveryRun(name)))
}

function sumOf(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, number) => sum + number, 0)
}
