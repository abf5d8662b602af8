import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
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
  const folder = await copy.make()
  flipFiles(paths, folder)
  const missed = (await passes()) ? paths : await missedOf(paths, passes, copy)
  for (const path of missed) becomeFolder(join(folder, path))
  if (missed.length === 0 || (await passes())) return []
  return missed.map((path) => `${path}: the check passes as well if this file expects something else`)
}

/** Each is a run of the check. */
const MOST_FILES = 6

/** Of suspicious code: the files with which it passes as well if only one of them is another. */
async function missedOf(
  paths: readonly string[],
  passes: () => Promise<boolean>,
  { make, original, request }: Copy,
): Promise<string[]> {
  const folder = await make()
  for (const path of paths) copyFileSync(join(original, path), join(folder, path))
  if (!request.isSuspicious || paths.length < 2) return []
  const missed: string[] = []
  for (const path of paths.slice(-MOST_FILES)) {
    flipFiles([path], folder)
    if (await passes()) missed.push(path)
    copyFileSync(join(original, path), join(folder, path))
  }
  return missed
}

/** Nothing can read it, nor write it through a link that the code has made. */
export function becomeFolder(path: string): void {
  rmSync(path)
  mkdirSync(path)
}
