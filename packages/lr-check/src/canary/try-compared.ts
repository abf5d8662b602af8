import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { flipFiles } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { type Copy, isAsGood, runInCopy } from './run-in-copy.ts'

/**
 * Runs a check with other files in the place of those that it compares. Code that passes with these, and not without them,
 * prints what they hold.
 *
 * @param paths that the check compares
 */
export async function tryCompared(run: Run, paths: readonly string[], copy: Copy, io: Io): Promise<string[]> {
  const passes = async () => isAsGood(run, await runInCopy(run.plan, undefined, copy, io))
  flipFiles(paths, copy.folder)
  if (!(await passes())) return []
  for (const path of paths) becomeFolder(join(copy.folder, path))
  if (await passes()) return []
  return paths.map((path) => `${path}: the check passes as well if this file expects something else`)
}

/** Nothing can read it, nor write it through a link that the code has made. */
function becomeFolder(path: string): void {
  rmSync(path)
  mkdirSync(path)
}
