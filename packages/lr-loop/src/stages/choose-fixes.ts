import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { type StartedCommand, startedBy } from '@loop-runner/source-files'
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
  const reader = readsDocuments([checkCommand, confirmCommand].flatMap((words = []) => commandsOf(words, cwd)))
  if (reader === undefined) return settings
  io.progress(
    `${fixes} is not written: the check may read it (${reader}); the commits say why (--fixes ${fixes} writes it)`,
  )
  return { ...settings, stages: { ...stages, fixes: 'none' } }
}

/** A larger script is no check script. */
const MOST_BYTES = 1 << 18

/** What a command line starts, and what the shell scripts start that it starts. */
function commandsOf(words: readonly string[], cwd: string): readonly StartedCommand[] {
  const { commands, scripts } = startedBy(words, cwd)
  const inScripts = scripts.flatMap((path) => {
    const text = textOfScript(resolve(cwd, path))
    return text === undefined ? [] : startedBy(['sh', '-c', text], cwd).commands
  })
  return [...commands, ...inScripts]
}

function textOfScript(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > MOST_BYTES) return undefined
  const text = readFileSync(path, 'utf8')
  return path.endsWith('.sh') || /^#!.*\b(?:ba|da|k|z)?sh\b/.test(text) ? text : undefined
}
