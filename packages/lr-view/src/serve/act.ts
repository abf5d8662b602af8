import { loadReport } from '../report/load-report.ts'
import type { Context } from './context.ts'
import { Problem } from './problem.ts'
import { GIT_ACTIONS, type GitAction, runGitAction, stopRun } from './run-actions.ts'

/**
 * Does what a button of a run's page is for.
 *
 * @returns what came of it, for a reader
 * @throws Problem (404 no such action, 409 not possible now)
 */
export async function act(action: string, path: string, { io, starter }: Context): Promise<string> {
  if (action === 'stop') {
    await stopRun(path)
    return 'interrupted'
  }
  if (action !== 'resume' && !Object.hasOwn(GIT_ACTIONS, action)) throw new Problem(404, `${action}: not an action`)
  const { data } = await loadReport(path, io)
  if (action === 'resume') {
    await starter.resume(path, data.settings.cwd)
    return 'resumed'
  }
  return runGitAction(action as GitAction, data, io)
}
