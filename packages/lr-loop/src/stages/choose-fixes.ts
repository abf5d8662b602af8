import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { startedBy } from '@loop-runner/source-files'
import type { LoopSettings } from '../settings.ts'
import { readsDocuments } from './reads-documents.ts'

/**
 * The settings without FIXES.md if it would be new and the check reads the documents of the tree: no file of ours makes
 * a check fail.
 */
export function chooseFixes(settings: LoopSettings, io: Pick<Io, 'progress'>): LoopSettings {
  const { cwd, stages, withGit } = settings
  const { fixes, checkCommand, confirmCommand } = stages
  if (!withGit || fixes === 'none' || existsSync(resolve(cwd, fixes))) return settings
  const commands = [checkCommand, confirmCommand].flatMap((words = []) => startedBy(words, cwd).commands)
  const reader = readsDocuments(commands)
  if (reader === undefined) return settings
  io.progress(
    `${fixes} is not written: the check may read it (${reader}); the commits say why (--fixes ${fixes} writes it)`,
  )
  return { ...settings, stages: { ...stages, fixes: 'none' } }
}
