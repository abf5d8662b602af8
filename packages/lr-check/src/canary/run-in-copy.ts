import type { Io } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import type { Confinement, TreeCopy } from '@loop-runner/sandbox'
import type { Canary, Counts } from '@loop-runner/tamper'
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
  readonly running: RunAllOptions
  readonly confineIn: ConfineIn
}

/** A copy of the tree. */
export interface Copy {
  readonly names: readonly string[]
  readonly folder: string
  /** Where installed packages lie, if the copy can be seen in the place of the tree. */
  readonly installed: readonly string[] | undefined
  readonly request: CanaryRequest
}

/** Runs a check in a copy of the tree; it is seen in the place of the tree wherever that is possible. */
export async function runInCopy(plan: Plan, canary: Canary | undefined, copy: Copy, io: Io): Promise<Run> {
  const { folder, installed, request } = copy
  const isThere = installed !== undefined
  const confinement = await (isThere ? request.confineIn(io.cwd, { folder, installed }) : request.confineIn(folder))
  // Names of tests are read from what is printed.
  const options = { ...request.running, raw: true, counts: true, cache: undefined, confinement }
  const argv = isThere ? plan.argv : plan.argv.map((word) => word.replaceAll(io.cwd, folder))
  const place = { ...io, cwd: isThere ? io.cwd : folder, warn: () => {} }
  return runPlan({ ...plan, argv: canary?.show?.(argv) ?? argv }, options, place)
}

/** Whether a further run is as good as the first one: it passes as well, or has no lower score. */
export function isAsGood(first: Run, again: Run): boolean {
  if (first.outcome === 'pass') return again.outcome === 'pass'
  return again.score !== undefined && first.score !== undefined && again.score.score >= first.score.score
}
