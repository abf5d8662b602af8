import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Engine } from '../repository/engine.ts'
import { replaceDurably, writeDurably } from '../transaction/durable-file.ts'
import { readTextIfThere } from '../transaction/if-there.ts'
import { BRANCHES, forgetRecord, readRecord, type RunRecord } from './run-record.ts'

/** The run of this working tree whose branch its first commit makes; undefined if there is none. */
export async function readPending(engine: Engine): Promise<RunRecord | undefined> {
  const branch = pendingBranch(engine.repository.gitDir)
  const record = branch === undefined ? undefined : readRecord(engine, branch)
  if (!record) return undefined
  return (await engine.readRef(BRANCHES + record.branch)) === undefined ? record : undefined
}

export function writePending(engine: Engine, branch: string): void {
  const file = pendingFile(engine.repository.gitDir)
  mkdirSync(dirname(file), { recursive: true })
  writeDurably(`${file}.new`, Buffer.from(`${branch}\n`))
  replaceDurably(`${file}.new`, file)
}

/** Notes that the branch of the run exists. */
export function clearPending(engine: Engine): void {
  rmSync(pendingFile(engine.repository.gitDir), { force: true })
}

/**
 * Forgets the run of a working tree if it has no branch yet.
 *
 * @param gitDir the git folder of that working tree
 */
export async function forgetPending(engine: Engine, gitDir: string = engine.repository.gitDir): Promise<void> {
  const branch = pendingBranch(gitDir)
  if (branch === undefined) return
  if ((await engine.readRef(BRANCHES + branch)) === undefined) forgetRecord(engine, branch)
  rmSync(pendingFile(gitDir), { force: true })
}

function pendingBranch(gitDir: string): string | undefined {
  return readTextIfThere(pendingFile(gitDir))?.trim()
}

/** Each working tree has its own. */
function pendingFile(gitDir: string): string {
  return join(gitDir, 'lr', 'pending')
}
