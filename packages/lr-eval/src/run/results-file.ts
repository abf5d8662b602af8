import { appendFileSync, closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, ExitStatus, type Io, reasonOf } from '@loop-runner/cli-kit'
import { keyOf, readResults, type TrialResult } from '../trial-result.ts'

/** The file of -o. */
export interface ResultsFile {
  /** Results of earlier calls by key; errors are tried again. */
  readonly known: ReadonlyMap<string, TrialResult>
  /** @throws CommandError (3) if the line cannot be written */
  append(line: string): void
}

/**
 * Reads the results that a file holds already, and makes sure that more can be appended before any trial is made.
 *
 * @throws CommandError (3) if the file cannot be read and written
 */
export function openResultsFile(name: string, io: Io): ResultsFile {
  const path = resolve(io.cwd, name)
  return orFail(name, () => ({
    known: readKnown(path, name, io),
    append: (line) => orFail(name, () => appendLine(path, line)),
  }))
}

function readKnown(path: string, name: string, io: Io): Map<string, TrialResult> {
  const { results, ignored } = readResults(withDescriptor(path, readRegularFile))
  if (ignored.length > 0) io.warn(`${name}: line ${ignored.join(', ')}: not a result, ignored`)
  return new Map(results.filter(({ verdict }) => verdict !== 'error').map((result) => [keyOf(result), result]))
}

/** A device has no end, and a pipe nothing to read. */
function readRegularFile(descriptor: number): string {
  return fstatSync(descriptor).isFile() ? readFileSync(descriptor, 'utf8') : ''
}

/** Appends in one write, so that lines of several processes do not mix; a line that a kill cut off is ended first. */
function appendLine(path: string, line: string): void {
  withDescriptor(path, (descriptor) => {
    const { size } = fstatSync(descriptor)
    const last = Buffer.alloc(1)
    if (size > 0) readSync(descriptor, last, 0, 1, size - 1)
    appendFileSync(descriptor, size > 0 && last.toString() !== '\n' ? `\n${line}` : line)
  })
}

function withDescriptor<Value>(path: string, use: (descriptor: number) => Value): Value {
  const descriptor = openSync(path, 'a+')
  try {
    return use(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function orFail<Value>(name: string, action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(ExitStatus.Failed, `${name}: ${reasonOf(error)}`)
  }
}
