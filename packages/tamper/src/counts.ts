import { kindOf, type Plan, runsCode } from '@loop-runner/checkers'
import { countTests } from './count-tests.ts'

/** How much was looked at, as far as it is known. */
export interface Counts {
  readonly tests?: number | undefined
  readonly skipped?: number | undefined
  readonly files?: number | undefined
  /** Of tests that ran and were not skipped, as the runner's own report names them; the same in every run. */
  readonly names?: readonly string[] | undefined
  /** Those of them that failed. */
  readonly failed?: readonly string[] | undefined
}

/** How checkers that choose their files themselves say how many they were: mypy, biome, oxlint. */
const FILES_CHECKED =
  /\b(?:checked|found in) (\d+) source files?\b|^Checked (\d+) files?\b|\bon (\d+) files? (?:with|using)\b/m

/** The counts of a run: tests if it runs code, else files. */
export function countRun(output: string, plan: Plan): Counts {
  if (runsCode(kindOf(plan))) return countTests(output) ?? {}
  const said = FILES_CHECKED.exec(output)
    ?.slice(1)
    .find((number) => number !== undefined)
  const files = said === undefined ? plan.files.length : Number(said)
  return files > 0 ? { files } : {}
}

/** The counts of all runs together; a count that no run reports is unknown. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = (name: 'tests' | 'skipped' | 'files') => {
    const known = all.flatMap(({ [name]: count }) => (count === undefined ? [] : [count]))
    return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0)
  }
  const names = all.flatMap((counts) => counts.names ?? [])
  const failed = all.flatMap((counts) => counts.failed ?? [])
  return {
    tests: sum('tests'),
    skipped: sum('skipped'),
    files: sum('files'),
    ...(names.length > 0 ? { names, failed } : {}),
  }
}
