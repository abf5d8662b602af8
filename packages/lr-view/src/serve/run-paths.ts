import { realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { stateFolder } from '@loop-runner/cli-kit'
import { cwdOfRun } from '@loop-runner/run-report/cwd-of-run'
import { Problem } from './problem.ts'

/** The name of a run in the state folder. */
const ID = /^\d{8}-\d{6,9}-\w{1,40}$/

export function runsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'runs')
}

/** A name for a new run, of the form that lr-loop lists; names in order are runs in order. */
export function newRunId(now: Date): string {
  const time = now.toISOString().slice(0, 23).replaceAll(/[-:.]/g, '').replace('T', '-')
  return `${time}-${Math.random().toString(36).slice(2, 8).padEnd(6, '0')}`
}

/**
 * The folder of a run.
 *
 * @throws Problem (404) if there is no such run, or if it worked in a folder outside the root
 */
export function pathOfRun(id: string, root: string, env: NodeJS.ProcessEnv): string {
  const path = join(runsFolder(env), id)
  if (!ID.test(id) || !isUnder(cwdOfRun(path), root)) throw new Problem(404, `run ${JSON.stringify(id)}: not found`)
  return path
}

/** Whether a folder is the root or below it. */
export function isUnder(folder: string | undefined, root: string): boolean {
  if (folder === undefined) return false
  const real = realPath(folder)
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)
}

/**
 * A folder named by a request, relative to the root.
 *
 * @throws Problem (422) if it does not exist or is outside the root
 */
export function folderUnder(named: string, root: string): string {
  const folder = resolve(root, named)
  let real: string
  try {
    real = realpathSync(folder)
  } catch {
    throw new Problem(422, `folder ${JSON.stringify(named)}: not found`)
  }
  if (!isUnder(real, root)) throw new Problem(422, `folder ${JSON.stringify(named)}: outside ${root}`)
  return real
}

/** A folder that no longer exists is taken as it is named. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return resolve(folder)
  }
}
