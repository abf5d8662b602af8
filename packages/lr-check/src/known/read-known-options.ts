import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Io, stateFolder, UsageError, type Values } from '@loop-runner/cli-kit'
import type { CHECK_OPTIONS } from '../check-options.ts'
import { KnownFailures, type KnownRequest, type NamedFile } from './known-failures.ts'
import { readKnown } from './known-record.ts'

/**
 * The known failures that options name; undefined if none does.
 *
 * @throws UsageError if one of them does not fit or names nothing
 */
export function readKnownOptions(options: Values<typeof CHECK_OPTIONS>, io: Io): KnownFailures | undefined {
  const { known: name, 'known-from': run, 'known-to': to, 'fix-known': fix } = options
  const isUsed = name !== undefined || run !== undefined
  if (fix !== undefined && !isUsed) throw new UsageError('option --fix-known: needs --known or --known-from')
  if (!isUsed && to === undefined) return undefined
  const file = fileOf(name, io)
  const recorded = file && readRecorded(file, run)
  const base = recorded ?? (run === undefined ? undefined : readRun(run, io))
  const isWritten = recorded === undefined || (fix ?? 0) > 0
  return new KnownFailures({ base, fix, file: isWritten ? file : undefined, to: fileOf(to, io) }, io)
}

function fileOf(name: string | undefined, { cwd }: Io): NamedFile | undefined {
  return name === undefined ? undefined : { name, path: resolve(cwd, name) }
}

/** Undefined if the file does not exist. */
function readRecorded({ name, path }: NamedFile, run: string | undefined): KnownRequest['base'] {
  const record = readKnown(path, name)
  if (!record) return undefined
  if (run === undefined) return { record, name }
  throw new UsageError(`${name}: already exists, so ${run} is not used (delete the file, or omit --known-from)`)
}

/** The record of a run of lr-loop, by its name or its folder, or of a file. */
function readRun(run: string, { cwd, env }: Io): NonNullable<KnownRequest['base']> {
  const path = [resolve(cwd, run), ...inStateFolder(run, env)].find((candidate) => existsSync(candidate))
  if (path === undefined) throw new UsageError(`${run}: no such run (lr-loop runs lists them)`)
  const file = statSync(path).isDirectory() ? join(path, 'known.json') : path
  const record = readKnown(file, file)
  if (!record) throw new UsageError(`${run}: its first check recorded nothing (it was inconclusive, or not lr-check)`)
  return { record, name: file }
}

/** An attempt is named by its run and its number. */
function inStateFolder(run: string, env: NodeJS.ProcessEnv): string[] {
  const runs = join(stateFolder(env), 'runs')
  const [, parent] = /^(.+)-\d+$/.exec(run) ?? []
  return [join(runs, run), ...(parent === undefined ? [] : [join(runs, parent, 'attempts', run)])]
}
