import { readFileSync, writeFileSync } from 'node:fs'
import { errorCode, parseJson, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { type infer as Infer, array, int, literal, optional, readonly, record, strictObject, string } from 'zod/mini'

const knownRun = strictObject({
  /** The names of all tests that the runner reported; undefined if it wrote no report. */
  tests: optional(readonly(array(string()))),
  /** The tests among them that failed. */
  failed: readonly(array(string())),
  /** The tests among them that were skipped; undefined in a record of an earlier version. */
  skipped: optional(readonly(array(string()))),
  /** Failures that belong to no test. */
  otherFailures: int(),
  /** Findings, as in a findings block. */
  findings: readonly(array(string())),
})

const knownRecord = strictObject({ version: literal(1), runs: record(string(), knownRun) })

/** The failures of a run before the work began. */
export type KnownRun = Infer<typeof knownRun>

/** The known failures of each run, by its command line. */
export type KnownRecord = Infer<typeof knownRecord>

/**
 * The known failures in a file; undefined if it does not exist.
 *
 * @param name the file as it was named
 * @throws UsageError if it cannot be read or holds something else
 */
export function readKnown(path: string, name: string): KnownRecord | undefined {
  const text = readIfThere(path, name)
  if (text === undefined) return undefined
  const { success, data } = knownRecord.safeParse(parseJson(text))
  if (success) return data
  throw new UsageError(`${name}: not a record of known failures (delete it to record them again)`)
}

/** @throws UsageError if the file cannot be written */
export function writeKnown(path: string, name: string, known: KnownRecord): void {
  try {
    writeFileSync(path, `${JSON.stringify(known, undefined, 1)}\n`)
  } catch (error) {
    throw new UsageError(`${name}: ${reasonOf(error)}`)
  }
}

function readIfThere(path: string, name: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new UsageError(`${name}: ${reasonOf(error)}`)
  }
}
