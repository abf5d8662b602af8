import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BRANCHES, type Engine, readTextIfThere, replaceDurably, writeDurably } from '@loop-runner/git-engine'
import { forgetRecord, readRecord, type RunRecord } from './run-record.ts'

/** The run of this working tree whose branch its first commit makes; undefined if no such run was started. */
export async function readPending(engine: Engine): Promise<RunRecord | undefined> {
  const branch = pendingBranch(engine.repository.gitDir)
  return branch === undefined ? undefined : readUnborn(engine, branch)
}

/** A run that was started and has no branch, of this working tree or another. */
export async function readUnborn(engine: Engine, branch: string): Promise<RunRecord | undefined> {
  const record = readRecord(engine, branch)
  if (!record) return undefined
  return (await engine.readRef(BRANCHES + record.branch)) === undefined ? record : undefined
}

export function writePending(engine: Engine, branch: string): void {
  const file = pendingFile(engine.repository.gitDir)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(entriesFile(engine.repository.gitDir), { force: true })
  replaceText(file, `${branch}\n`)
}

/** Notes that the branch of the run exists. */
export function clearPending(engine: Engine): void {
  removePending(engine.repository.gitDir)
}

/** Entries of FIXES.md that the first commit of the run adds. */
export function readPendingEntries(engine: Engine): string {
  return readTextIfThere(entriesFile(engine.repository.gitDir)) ?? ''
}

/** Keeps an entry of FIXES.md for the first commit of the run. One that is kept already is not added again. */
export function keepPendingEntry(engine: Engine, entry: string): void {
  const earlier = readPendingEntries(engine)
  const isKept = `\n\n${earlier}\n\n`.includes(`\n\n${entry}\n\n`)
  if (!isKept) replaceText(entriesFile(engine.repository.gitDir), earlier === '' ? entry : `${earlier}\n\n${entry}`)
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
  removePending(gitDir)
}

function removePending(gitDir: string): void {
  for (const file of [entriesFile(gitDir), pendingFile(gitDir)]) rmSync(file, { force: true })
}

function replaceText(file: string, text: string): void {
  writeDurably(`${file}.new`, Buffer.from(text))
  replaceDurably(`${file}.new`, file)
}

function pendingBranch(gitDir: string): string | undefined {
  return readTextIfThere(pendingFile(gitDir))?.trim()
}

/** Each working tree has its own. */
function pendingFile(gitDir: string): string {
  return join(gitDir, 'lr', 'pending')
}

function entriesFile(gitDir: string): string {
  return `${pendingFile(gitDir)}-fixes`
}
