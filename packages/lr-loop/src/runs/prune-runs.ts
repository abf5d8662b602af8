import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns } from './find-run.ts'
import { isRunning } from './run-state.ts'

/** The limits for kept runs. */
interface Limits {
  readonly runs: number
  readonly bytes: number
}

/**
 * Removes the oldest runs of the state folder that are too many or too large; one that is at work stays.
 *
 * @throws a system error where one cannot be read or removed
 */
export function pruneRuns(env: NodeJS.ProcessEnv, limits: Limits): void {
  const sizes = listRuns(env).map((path) => ({ path, bytes: sizeOf(path) }))
  for (const path of surplus(sizes, limits)) {
    if (!isRunning(path)) rmSync(path, { recursive: true, force: true })
  }
}

/**
 * The runs that do not fit.
 *
 * @param runs newest first; the first always fits
 */
export function surplus(runs: readonly { path: string; bytes: number }[], limits: Limits): string[] {
  let sum = 0
  return runs.flatMap(({ path, bytes }, index) => {
    sum += bytes
    return index > 0 && (index >= limits.runs || sum > limits.bytes) ? [path] : []
  })
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.reduce((sum, entry) => sum + (entry.isFile() ? sizeOfFile(join(entry.parentPath, entry.name)) : 0), 0)
}

/** Another loop may be removing it at the same time. */
function sizeOfFile(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
