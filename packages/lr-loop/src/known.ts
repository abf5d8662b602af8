import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Io, UsageError, type Values } from '@loop-runner/cli-kit'
import type { LOOP_OPTIONS } from './options.ts'
import { findRun } from './runs/find-run.ts'
import type { LoopSettings } from './settings.ts'

/**
 * Which failures do not count; undefined: all count.
 *
 * @throws UsageError for options that do not go together, and for a file that does not exist
 */
export function knownOf(options: Values<typeof LOOP_OPTIONS>, cwd: string): LoopSettings['known'] {
  const { known: file, 'known-from': run, 'fix-known': fix } = options
  if (!options['only-new'] && [file, run, fix].every((value) => value === undefined)) return undefined
  if (options.check !== undefined)
    throw new UsageError('option --only-new: needs lr-check as the check stage (--check)')
  if (file !== undefined && run !== undefined) throw new UsageError('--known and --known-from exclude each other')
  if (file !== undefined && !existsSync(resolve(cwd, file))) {
    throw new UsageError(`${file}: not found (create it with lr-check --known, or use --only-new)`)
  }
  const path = run !== undefined && existsSync(resolve(cwd, run)) ? resolve(cwd, run) : run
  return { from: file === undefined ? path : resolve(cwd, file), fix: fix ?? 0 }
}

/** @throws UsageError if a named run has no record of the failures of its first check */
export function requireKnown({ known, cwd }: LoopSettings, { env }: Pick<Io, 'env'>): void {
  if (known?.from === undefined) return
  const path = findRun(known.from, cwd, env)
  if (!existsSync(path)) throw new UsageError(`${known.from}: no such run (lr-loop runs lists them)`)
  if (!statSync(path).isDirectory() || existsSync(join(path, 'known.json'))) return
  throw new UsageError(
    `${known.from}: its first check recorded no known failures (name another run, or use --known FILE)`,
  )
}
