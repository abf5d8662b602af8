import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import type { LoopSettings } from './settings.ts'

/**
 * Our own stages refuse files that are not there; before a run has begun that can still be put right.
 *
 * @throws UsageError for the first that is named and is nowhere
 */
export function requireFiles({ cwd, stages, replaced }: LoopSettings): void {
  const sources = replaced.check === undefined ? stages.sources : []
  const context = replaced.prompt === undefined ? stages.context : []
  const absent = [...sources, ...context].find((path) => !existsSync(resolve(cwd, path)))
  if (absent !== undefined)
    throw new UsageError(`${absent}: no such file or directory (for a file that is yet to be made, name its folder)`)
}
