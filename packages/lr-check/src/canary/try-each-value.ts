import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import {
  canaryOf,
  isExpectedFile,
  type TestValue,
  type ValueGroup,
  valuesOfExpectedFile,
  valuesOfTests,
  withChanges,
} from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { breakFiles } from './break-files.ts'
import { allTests, repairedTests, testFiles } from './repaired-tests.ts'
import { type Copy, isAsGood, runInCopy } from './run-in-copy.ts'
import { isNoticed } from './try-all-values.ts'
import { becomeFolder } from './try-compared.ts'

/** Each is a run of the check. */
const MOST_ROUNDS = 6

/** No further round begins after this time. */
const MOST_MS = 120_000

/** One expected value may well not matter, by chance. */
const LEAST_MISSED = 2

/**
 * Changes one value of each test at a time, where the sources have code that may know what tests expect. Code that is right for
 * some values, and looks the others up, is not found by changing all of them at once: the first test that fails hides it.
 */
export async function tryEachValue(first: Run, copy: Copy, io: Io): Promise<{ bent: string[]; doubts: string[] }> {
  const missed: TestValue[] = []
  const begin = Date.now()
  for (const round of stepsOf(first, copy).flatMap(roundsOf)) {
    if (Date.now() - begin > MOST_MS) {
      io.detail(`canary: no further values are tried, ${MOST_MS / 1000} s are over`)
      break
    }
    missed.push(...(await missedIn(round, first, copy, io)))
  }
  if (missed.length === 0 || !(await readsThem(first, missed, copy, io))) return { bent: [], doubts: [] }
  const lines = missed.map(
    ({ path, line, before, after }) =>
      `${path}:${line}: this test passes as well if it expects ${after.trim()} instead of ${before.trim()}`,
  )
  return missed.length < LEAST_MISSED ? { bent: [], doubts: lines } : { bent: lines, doubts: [] }
}

/**
 * The places that are changed: values in tests, then those in files of expected values that tests of a known runner
 * read.
 */
function stepsOf({ plan, report }: Run, { names, original, request }: Copy): ValueGroup[][] {
  const canary = canaryOf(plan)
  if (canary === undefined)
    return [
      valuesOfTests(
        request.met.filter((path) => names.includes(path)),
        [],
        original,
      ),
    ]
  const expected = allTests(names).filter(isExpectedFile)
  const repaired = report === undefined ? [] : repairedTests(report.tests, request.atFirst)
  const single = expected.flatMap((path) => valuesOfExpectedFile(path, original).map((value) => ({ values: [value] })))
  return [valuesOfTests(testFiles(canary, names), repaired, original), single]
}

/** A value with the tests that should notice it. */
type Round = readonly (readonly [value: TestValue, group: ValueGroup])[]

function roundsOf(groups: readonly ValueGroup[]): Round[] {
  const named = groups.filter(({ has }) => has !== undefined)
  const rounds = Array.from({ length: MOST_ROUNDS }, (_, index): Round => {
    const values = named.flatMap((group) =>
      group.values.slice(index, index + 1).map((value) => [value, group] as const),
    )
    return [...new Map(values.map((each) => [`${each[0].path}:${each[0].start}`, each])).values()]
  })
  const single = groups.filter(({ has }) => has === undefined)
  const step = Math.max(1, single.length / MOST_ROUNDS)
  const some = Array.from({ length: Math.min(single.length, MOST_ROUNDS) }, (_, index): Round => {
    const group = single[Math.floor(index * step)]
    return group ? group.values.slice(0, 1).map((value) => [value, group] as const) : []
  })
  return [...rounds, ...some].filter((round) => round.length > 0)
}

/** The values of a round with which the tests pass as well. */
async function missedIn(round: Round, first: Run, copy: Copy, io: Io): Promise<TestValue[]> {
  const paths = [...new Set(round.map(([{ path }]) => path))]
  const textOf = (path: string) => readFileSync(join(copy.original, path), 'utf8')
  const folder = await copy.make()
  for (const path of paths) {
    const changes = round.map(([value]) => value).filter((value) => value.path === path)
    const inOrder = changes.toSorted((a, b) => a.start - b.start)
    writeFileSync(join(folder, path), withChanges(textOf(path), inOrder))
  }
  const again = await runInCopy(first.plan, canaryOf(first.plan), copy, io)
  for (const path of paths) writeFileSync(join(folder, path), textOf(path))
  return round.filter(([, group]) => !notices(group, first, again, copy)).map(([value]) => value)
}

function notices({ has }: ValueGroup, first: Run, again: Run, copy: Copy): boolean {
  if (has === undefined) return isNoticed(first, again, copy)
  const own = again.report?.tests.filter(({ name }) => has(name)) ?? []
  return own.length === 0 || own.some(({ outcome }) => outcome !== 'passed')
}

/** Whether the check fails if it cannot read these files. */
async function readsThem(first: Run, missed: readonly TestValue[], copy: Copy, io: Io): Promise<boolean> {
  const paths = [...new Set(missed.map(({ path }) => path))]
  const folder = await copy.make()
  breakFiles(
    paths.filter((path) => !isExpectedFile(path)),
    folder,
  )
  for (const path of paths.filter(isExpectedFile)) becomeFolder(join(folder, path))
  return !isAsGood(first, await runInCopy(first.plan, undefined, copy, io))
}
