import { type Engine, findEntry, type Hash } from '@loop-runner/git-engine'
import { fixesMessage, type Provenance } from './commit-message.ts'
import { addFixesCommit, addFixesFile, type Draft } from './plan-commit.ts'
import type { Task, TaskFiles } from './task.ts'

/** An entry of FIXES.md. */
export interface Entry {
  readonly entry: string
  /** The commit that it explains; undefined for a reply that changed no file. */
  readonly explains: Hash | undefined
  readonly state: TaskFiles['fixes']
  /** FIXES.md in the last commit before the draft. */
  readonly blob: Buffer | undefined
  readonly provenance: Provenance
}

/** Adds an entry to FIXES.md: in a commit of its own, or in the working tree alone if git ignores the file. */
export async function addEntry<T extends Draft>(
  draft: T,
  engine: Engine,
  { fixes, identity }: Task,
  { state, blob, entry, provenance, explains }: Entry,
): Promise<T> {
  if (fixes === undefined) return draft
  const { run } = provenance
  if (state === 'ignored') return addFixesFile(draft, engine, { path: fixes, run, entry })
  const isIn = draft.index.some(({ path }) => path === fixes)
  const last = isIn ? await readBlob(engine, draft, fixes) : blob
  const message = fixesMessage(explains, provenance)
  return { ...draft, ...(await addFixesCommit(draft, engine, { path: fixes, last, run, entry }, identity, message)) }
}

async function readBlob(engine: Engine, { folders }: Draft, path: string): Promise<Buffer | undefined> {
  const entry = findEntry(folders, path)
  const objects = entry ? await engine.readObjects([entry.hash]) : []
  return objects[0]?.bytes
}
