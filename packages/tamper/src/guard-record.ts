import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { CommandError, ExitStatus, parseJson, readTextIfThere, reasonOf } from '@loop-runner/cli-kit'
import { type infer as Infer, array, int, literal, optional, readonly, record, strictObject, string } from 'zod/mini'

const guardRecord = strictObject({
  version: literal(1),
  /** The request: other sources or another command would have other counts. */
  call: readonly(array(string())),
  /** Folders that were looked into: an ignore file that came later does not hide them. */
  folders: readonly(array(string())),
  /** Fingerprints by path. */
  files: readonly(record(string(), string())),
  /** Files that the check itself writes, which are not compared. */
  unguarded: readonly(array(string())),
  /** By path, then by name. */
  suppressions: readonly(record(string(), readonly(record(string(), int())))),
  /** Absent in a record of an earlier version. */
  suspicions: optional(readonly(record(string(), readonly(record(string(), int()))))),
  /** Tests that stand in sources, by path; absent in a record of an earlier version. */
  innerTests: optional(readonly(record(string(), readonly(array(strictObject({ line: int(), hash: string() })))))),
  /** Tests and check scripts that the check met for certain; absent in a record of an earlier version. */
  met: optional(readonly(array(string()))),
  /** Of all runs together, as far as they say. */
  counts: strictObject({
    tests: optional(int()),
    skipped: optional(int()),
    files: optional(int()),
    names: optional(readonly(array(string()))),
    failed: optional(readonly(array(string()))),
  }),
})

/** The state of tests and check scripts when the guard was recorded. */
export type GuardRecord = Infer<typeof guardRecord>

/**
 * The record in a file; undefined if it does not exist yet.
 *
 * @param name the file as it was named
 * @throws CommandError (3) for one that cannot be read or is no record: it is never taken for none
 */
export function readRecord(path: string, name: string): GuardRecord | undefined {
  const text = readTextIfThere(path, name)
  if (text === undefined) return undefined
  const { success, data } = guardRecord.safeParse(parseJson(text))
  if (success) return data
  throw new CommandError(ExitStatus.Failed, `${name}: not a guard record of this version (--renew-guard creates one)`)
}

/**
 * Puts a record in the place of an old one, whole, readable by its owner only.
 *
 * @throws CommandError (3) where it cannot be written
 */
export function writeRecord(path: string, name: string, content: GuardRecord): void {
  const fresh = `${path}.new`
  try {
    rmSync(fresh, { force: true })
    writeFileSync(fresh, textOfRecord(content), { mode: 0o600, flag: 'wx', flush: true })
    renameSync(fresh, path)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${name}: ${reasonOf(error)}`, { cause: error })
  }
}

export function textOfRecord(content: GuardRecord): string {
  return `${JSON.stringify(content, undefined, 1)}\n`
}
