import { dirname, relative, resolve } from 'node:path'
import type { Call, Io } from '@loop-runner/cli-kit'
import type { LOOP_OPTIONS } from './options.ts'
import { GIT_OPTIONS } from './options/git-options.ts'
import { requireSeparator } from './require-separator.ts'
import { type LoopSettings, settingsOf } from './settings.ts'
import { chooseFixes } from './stages/choose-fixes.ts'

/**
 * What a command line asks of a new run, in the folder in which it works.
 *
 * @throws UsageError where `--` is forgotten
 */
export function settingsOfCall(call: Call<typeof LOOP_OPTIONS>, io: Io): LoopSettings {
  requireSeparator(call, io)
  const cwd = folderOf(call, io)
  const settings = settingsOf({ ...call, options: seenFrom(cwd, call, io) }, cwd)
  const isAsked = call.typed.has('fixes') || settings.stages.fixes !== GIT_OPTIONS.fixes.default
  return isAsked ? settings : chooseFixes(settings, io)
}

/** Sources and check command of an lr.yaml above are seen from its folder, and so the loop works there. */
function folderOf({ options, typed, configFiles }: Call<typeof LOOP_OPTIONS>, io: Io): string {
  const above = configFiles.find(({ origin }) => origin === 'above')
  const given = { sources: options.sources.length > 0, 'check-command': options['check-command'] !== undefined }
  const isFromFile = Object.entries(given).some(([name, isGiven]) => isGiven && !typed.has(name))
  if (above === undefined || !isFromFile) return io.cwd
  const folder = dirname(above.path)
  io.progress(`working in ${folder}, the folder of ${above.path}`)
  return folder
}

/** The options with paths from the command line as they are seen from the folder that the loop works in. */
function seenFrom(cwd: string, { options, typed }: Call<typeof LOOP_OPTIONS>, io: Io) {
  if (cwd === io.cwd) return options
  const { 'instructions-file': instructions } = options
  const see = (path: string) => relative(cwd, resolve(io.cwd, path)) || '.'
  return {
    ...options,
    sources: typed.has('sources') ? options.sources.map(see) : options.sources,
    context: options.context.map(see),
    known: options.known && see(options.known),
    'instructions-file': typed.has('instructions-file') ? instructions && see(instructions) : instructions,
  }
}
