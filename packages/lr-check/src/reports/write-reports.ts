import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, ExitStatus, type Io, reasonOf } from '@loop-runner/cli-kit'
import type { Run } from '../running/run-plan.ts'
import { writeJunit } from './write-junit.ts'
import { writeSarif } from './write-sarif.ts'

/** Files that are written for other tools. */
export interface ReportFiles {
  readonly sarif: string | undefined
  readonly junit: string | undefined
}

/**
 * Writes the reports that were asked for.
 *
 * @throws CommandError (3) for a file that cannot be written
 */
export function writeReports({ sarif, junit }: ReportFiles, runs: readonly Run[], io: Io): void {
  if (sarif !== undefined) writeReport(sarif, writeSarif(runs), io)
  if (junit !== undefined) writeReport(junit, writeJunit(runs), io)
}

function writeReport(file: string, content: string, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, file), content)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${file}: ${reasonOf(error)}`, { cause: error })
  }
}
