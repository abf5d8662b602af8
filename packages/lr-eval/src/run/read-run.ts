import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { linesOf, readOutcome, type Role, ROLE, withoutUsage } from '@loop-runner/stage-protocol'

/** What the folder of a run shows beyond its summary; sizes in bytes. */
export interface RunFigures {
  readonly promptBytes: number
  readonly replyBytes: number
  /** Parts of replies that were not applied. */
  readonly rejected: number
  /** Checks that ended as tampered. */
  readonly tampered: number
}

/** Reads the files that the stages of a run left behind, those of its attempts included. */
export function readRun(folder: string): RunFigures {
  const files = filesIn(folder)
  const named = (pattern: RegExp) => files.filter((file) => pattern.test(basename(file)))
  const bytes = (paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(path).size, 0)
  const lines = (paths: readonly string[], role: Role) => paths.flatMap((path) => linesIn(path, role))
  return {
    promptBytes: bytes(named(/^prompt\.out$/)),
    replyBytes: named(/^llm\.out$/).reduce((sum, path) => sum + replyBytes(path), 0),
    rejected: lines(named(/^apply\.out$/), ROLE.rejected).length,
    tampered: lines(named(/^check.*\.out$/), ROLE.outcome).filter((line) => readOutcome(line)?.doubt === 'tampered')
      .length,
  }
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

/** The size of an answer without its usage, which differs each time. */
function replyBytes(path: string): number {
  return Buffer.byteLength(withoutUsage(readFileSync(path, 'utf8')))
}

/** The lines of the blocks of a role in a file; none if it is truncated. */
function linesIn(path: string, role: Role): string[] {
  try {
    return linesOf(parseStream(readFileSync(path, 'utf8')), role)
  } catch {
    return []
  }
}
