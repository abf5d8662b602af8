import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { listSources, withoutOwnFiles } from '@loop-runner/source-files'
import type { LoopContext } from '../loop-context.ts'

/** Records once how many source files there are, and their size; an attempt has those of its run. */
export async function recordSizes({ io, folder, settings }: LoopContext): Promise<void> {
  const { stages, parent } = settings
  if (parent !== undefined || folder.journal.events.some(({ event }) => event === 'sized')) return
  const { modelWindow: window } = stages
  folder.journal.record({ event: 'sized', ...(await measureSources(stages.sources, io)), ...(window && { window }) })
}

/** How many files there are, and their size. */
export async function measureSources(
  sources: readonly string[],
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): Promise<{ files: number; bytes: number }> {
  const existing = sources.filter((source) => existsSync(join(cwd, source)) || existsSync(source))
  const files = withoutOwnFiles(await listSources(existing, cwd, env), existing, cwd)
  return { files: files.length, bytes: files.reduce((sum, path) => sum + statSync(join(cwd, path)).size, 0) }
}
