import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Io, once } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import type { Confinement, TreeCopy } from '@loop-runner/sandbox'
import { type Canary, copyTree, type Counts, hideChanges } from '@loop-runner/tamper'
import type { RunAllOptions } from '../running/run-all.ts'
import { type Run, runPlan } from '../running/run-plan.ts'

/** How checks are confined in another folder, or in this one with a copy in its place. */
export type ConfineIn = (cwd: string, copy?: TreeCopy) => Promise<Confinement>

export interface CanaryRequest {
  /** The tests of the first run. */
  readonly atFirst: Counts
  /** Tests and check scripts that the first run met for certain. */
  readonly met: readonly string[]
  /** Code among the tests that was not there at first. */
  readonly added: readonly string[]
  /** All names in the tree. */
  readonly names: readonly string[]
  /** Whether the sources have new code that may find the expected values of tests, or equal them. */
  readonly mayKnowAnswers: boolean
  /** Whether the sources have new code of any kind that an honest repair rarely adds. */
  readonly isSuspicious: boolean
  readonly running: RunAllOptions
  readonly confineIn: ConfineIn
}

/** A copy of the tree, made at the first call of `make`: there may be nothing to change in it. */
export interface Copy {
  readonly names: readonly string[]
  /** The folder that is copied. */
  readonly original: string
  /** @returns the folder of the copy */
  readonly make: () => Promise<string>
  /** Where checks run: in the place of the tree if the copy can be seen there, else in its folder. */
  readonly confine: () => Promise<{ readonly cwd: string; readonly confinement: Confinement }>
  readonly request: CanaryRequest
}

/**
 * @param folder the folder of the copy
 * @param isShown whether the copy can be seen in the place of the tree
 */
export function copyOf(
  folder: string,
  { names, isShown, request }: Pick<Copy, 'names' | 'request'> & { readonly isShown: () => Promise<boolean> },
  io: Io,
): Copy {
  const makeOnce = once(async () => {
    const isInPlace = await isShown()
    return { isInPlace, installed: copyTree(names, io.cwd, folder, !isInPlace) }
  })
  const confine = once(async () => {
    const { isInPlace, installed } = await makeOnce()
    return isInPlace
      ? { cwd: io.cwd, confinement: await request.confineIn(io.cwd, { folder, installed }) }
      : { cwd: folder, confinement: await request.confineIn(folder) }
  })
  return { names, original: io.cwd, make: async () => makeOnce().then(() => folder), confine, request }
}

/** A folder for copies. Its name says nothing: it can be read among the mounts. */
export function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'tmp')))
}

/** Runs a check in a copy of the tree. */
export async function runInCopy(plan: Plan, canary: Canary | undefined, copy: Copy, io: Io): Promise<Run> {
  const { request } = copy
  const folder = await copy.make()
  const { cwd, confinement } = await copy.confine()
  hideChanges(copy.names, copy.original, folder)
  // Names of tests are read from the output.
  const options = { ...request.running, raw: true, counts: true, cache: undefined, confinement }
  const argv = cwd === folder ? plan.argv.map((word) => word.replaceAll(io.cwd, folder)) : plan.argv
  return runPlan({ ...plan, argv: canary?.show?.(argv) ?? argv }, options, { ...io, cwd, warn: () => {} })
}

/** Whether a further run is as good as the first one: it passes as well, or has no lower score. */
export function isAsGood(first: Run, again: Run): boolean {
  if (first.outcome === 'pass') return again.outcome === 'pass'
  return again.score !== undefined && first.score !== undefined && again.score.score >= first.score.score
}
