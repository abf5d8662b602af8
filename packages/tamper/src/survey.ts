import { join } from 'node:path'
import { typeOfFile } from '@loop-runner/checkers'
import { makeFingerprints } from './fingerprint.ts'
import type { PartsByPath } from './inner-tests/compare-parts.ts'
import { findInnerTests } from './inner-tests/find-inner-tests.ts'
import { runsDoctests } from './inner-tests/runs-doctests.ts'
import type { Guarding } from './judge-names.ts'
import { type GuardScope, listGuarded } from './list-guarded.ts'
import { stemOf } from './new-tests.ts'
import { readText } from './read-text.ts'
import { countSuppressions } from './suppressions.ts'
import { countSuspicions } from './suspicions.ts'

/** Tests and check scripts, and suppressions in the sources, as the tree is now. */
export interface Survey {
  /** All names in the tree. */
  readonly names: readonly string[]
  /** The folders that were looked into. */
  readonly folders: readonly string[]
  readonly files: ReadonlyMap<string, GuardedFile>
  readonly suppressions: CountsByPath
  readonly suspicions: CountsByPath
  /** Tests that stand in sources. */
  readonly innerTests: PartsByPath
  /** Whether tests that stand in a path must not change. */
  readonly keepsTests: (path: string) => boolean
  /** Of the names of sources: modules by which tests may ask for them. */
  readonly stems: ReadonlySet<string>
}

/** By path, then by name. */
export type CountsByPath = Readonly<Record<string, Readonly<Record<string, number>>>>

interface GuardedFile {
  readonly guarding: Guarding
  /** Undefined where nothing is there. */
  readonly fingerprint: string | undefined
}

/** The results of an earlier survey. */
export interface Known {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

/** @param known undefined for the first survey */
export async function surveyTree(scope: GuardScope, known: Known | undefined): Promise<Survey> {
  const { cwd, isSource } = scope
  const { guarded, names, free, folders, isAllowed, keepsTests } = await listGuarded(scope, known?.folders ?? [])
  const all = new Map(guarded)
  for (const path of known?.files ?? []) if (!all.has(path) && !isAllowed(path)) all.set(path, 'grows')
  const fingerprintOf = makeFingerprints(cwd)
  const isKnown = new Set(known?.files ?? guarded.keys())
  // A test that was added later has no earlier version to compare with: suppressions in it count.
  const added = [...guarded.keys()].filter((path) => !isKnown.has(path))
  const isHeld = (path: string) => isKnown.has(path) && !isAllowed(path) && guarded.get(path) !== 'unexpected'
  const checksTypes = scope.plans.some(({ checker, inside = [] }) =>
    [checker, ...inside].some((each) => each?.kind === 'type'),
  )
  const counted = [...new Set([...free, ...added])].filter((path) => isSource(path) && !isHeld(path))
  return {
    names,
    folders: [...folders],
    files: new Map([...all].map(([path, guarding]) => [path, { guarding, fingerprint: fingerprintOf(path) }])),
    suppressions: countIn(counted, countSuppressions, cwd),
    suspicions: countIn(counted, (text, type) => countSuspicions(text, type, checksTypes), cwd),
    innerTests: testsIn(counted.filter(keepsTests), scope),
    keepsTests,
    stems: new Set(free.map(stemOf)),
  }
}

function testsIn(paths: readonly string[], { plans, cwd }: GuardScope): PartsByPath {
  const hasDoctests = runsDoctests(plans, cwd)
  return Object.fromEntries(
    paths.flatMap((path) => {
      const type = typeOfFile(path, cwd)
      const parts = type === undefined ? [] : findInnerTests(readText(join(cwd, path)), type, hasDoctests)
      return parts.length === 0 ? [] : [[path, parts]]
    }),
  )
}

function countIn(
  paths: readonly string[],
  count: (text: string, type: string) => Record<string, number>,
  cwd: string,
): CountsByPath {
  const found: Record<string, Record<string, number>> = {}
  for (const path of paths) {
    const type = typeOfFile(path, cwd)
    const counts = type === undefined ? {} : count(readText(join(cwd, path)), type)
    if (Object.keys(counts).length > 0) found[path] = counts
  }
  return found
}
