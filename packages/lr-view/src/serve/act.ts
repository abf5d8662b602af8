import * as z from 'zod/mini'
import { loadReport } from '@loop-runner/run-report'
import type { Context } from './context.ts'
import { Problem } from './problem.ts'
import { GIT_ACTIONS, type GitAction, runGitAction, stopRun } from './run-actions.ts'

const limit = z.optional(z.union([z.number(), z.string()]))

/** The body of a request to resume: limits that lr-loop takes again, by each of their names. */
export const ResumeLimits = z.strictObject({
  iterations: limit,
  'max-time': limit,
  timeout: limit,
  'max-total-tokens': limit,
  'max-tokens': limit,
  'max-cost': limit,
})
export type ResumeLimits = z.infer<typeof ResumeLimits>

/**
 * Does what a button of a run's page is for.
 *
 * @param limits for `resume`
 * @returns what came of it, for a reader
 * @throws Problem (404 no such action, 409 not possible now)
 */
export async function act(
  action: string,
  path: string,
  limits: ResumeLimits,
  { io, starter }: Context,
): Promise<string> {
  if (action === 'stop') {
    await stopRun(path)
    return 'interrupted'
  }
  if (action !== 'resume' && !Object.hasOwn(GIT_ACTIONS, action)) throw new Problem(404, `${action}: not an action`)
  const { data } = await loadReport(path, io)
  if (action === 'resume') {
    const flags = Object.entries(limits).map(([name, value]) => `--${name}=${value}`)
    await starter.resume(path, data.settings.cwd, flags)
    return 'resumed'
  }
  return runGitAction(action as GitAction, data, io)
}
