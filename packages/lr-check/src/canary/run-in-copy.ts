import type { Io } from '@loop-runner/cli-kit'
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
  /** Whether the sources have new code that may find out what tests expect, or equal it. */
  readonly mayKnowAnswers: boolean
  /** Whether the sources have new code of any kind that an honest repair rarely adds. */
  readonly isSuspicious: boolean
  readonly running: RunAllOptions
  readonly confineIn: ConfineIn
}

/** A copy of the tree. */
export interface Copy {
  readonly names: readonly string[]
  readonly folder: string
  /** The folder that was copied. */
  readonly original: string
  /** Where checks run: in the place of the tree if the copy can be seen there, else in its folder. */
  readonly cwd: string
  /** Prepared at the first run: nothing may be found to run. */
  readonly prepareConfinement: () => Promise<Confinement>
  readonly request: CanaryRequest
}

/**
 * Copies the tree into a folder.
 *
 * @param isShown whether the copy can be seen in the place of the tree
 */
export function makeCopy(
  folder: string,
  { names, isShown, request }: Pick<Copy, 'names' | 'request'> & { readonly isShown: boolean },
  io: Io,
): Copy {
  const installed = copyTree(names, io.cwd, folder, !isShown)
  let prepared: Promise<Confinement> | undefined
  const prepareConfinement = () =>
    (prepared ??= isShown ? request.confineIn(io.cwd, { folder, installed }) : request.confineIn(folder))
  return { names, folder, original: io.cwd, cwd: isShown ? io.cwd : folder, prepareConfinement, request }
}

/** Runs a check in a copy of the tree. */
export async function runInCopy(plan: Plan, canary: Canary | undefined, copy: Copy, io: Io): Promise<Run> {
  const { folder, cwd, request } = copy
  const confinement = await copy.prepareConfinement()
  hideChanges(copy.names, copy.original, folder)
  // Names of tests are read from what is printed.
  const options = { ...request.running, raw: true, counts: true, cache: undefined, confinement }
  const argv = cwd === folder ? plan.argv.map((word) => word.replaceAll(io.cwd, folder)) : plan.argv
  return runPlan({ ...plan, argv: canary?.show?.(argv) ?? argv }, options, { ...io, cwd, warn: () => {} })
}

/** Whether a further run is as good as the first one: it passes as well, or has no lower score. */
export function isAsGood(first: Run, again: Run): boolean {
  if (first.outcome === 'pass') return again.outcome === 'pass'
  return again.score !== undefined && first.score !== undefined && again.score.score >= first.score.score
}
