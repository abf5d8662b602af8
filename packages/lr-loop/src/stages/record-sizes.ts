import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listSources } from '@loop-runner/source-files'
import type { LoopContext } from '../loop-context.ts'

/** Records once how many source files there are, and their size; an attempt has those of its run. */
export async function recordSizes({ io, folder, settings }: LoopContext): Promise<void> {
  const { stages, parent } = settings
  if (parent !== undefined || folder.journal.events.some(({ event }) => event === 'sized')) return
  const existing = stages.sources.filter((source) => existsSync(join(io.cwd, source)) || existsSync(source))
  const files = await listSources(existing, io.cwd, io.env)
  const bytes = files.reduce((sum, path) => sum + statSync(join(io.cwd, path)).size, 0)
  folder.journal.record({ event: 'sized', files: files.length, bytes })
}
