import { availableParallelism } from 'node:os'
import type { Io } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import { type Run, runPlan, type RunOptions } from './run-plan.ts'

export type RunAllOptions = RunOptions & { readonly jobs: number | undefined }

/** Makes the runs, several at a time, and gives them in the order of their plans, each as soon as it is its turn. */
export async function* runAll(
  plans: readonly Plan[],
  { jobs = availableParallelism(), ...options }: RunAllOptions,
  io: Io,
): AsyncGenerator<Run> {
  const limited = limiter(jobs)
  const runs = plans.map((plan) => limited(() => runPlan(plan, options, io)))
  // A later run that fails is met when its turn comes.
  for (const run of runs) run.catch(() => {})
  for (const run of runs) yield await run
}

/** Starts tasks in order, never more than `most` at a time. */
function limiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = most
  const waiting: (() => void)[] = []
  return async (task) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
