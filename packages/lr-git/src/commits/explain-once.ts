import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { addEntry } from './add-entry.ts'
import { addOriginals } from './add-originals.ts'
import {
  type Engine,
  type FileChange,
  findEntry,
  refuseInTheWay,
  replaceDurably,
  writeDurably,
} from '@loop-runner/git-engine'
import { readCarried } from './carried.ts'
import { type Committed, NOTHING_COMMITTED } from './committed.ts'
import { findCommitted } from './find-committed.ts'
import { explanationEntry } from './fixes-file.ts'
import { beginDraft, refuseStaged } from './plan-commit.ts'
import { sortFiles, type Task, withFixes } from './task.ts'
import { moveTarget } from '../run/current-run.ts'
import { keepPendingEntry } from '../run/pending-run.ts'
import { nameOfRun } from '../run/run-record.ts'

/**
 * Adds the explanation of a reply that changed no file to FIXES.md, in a commit of its own. A run without a commit gets no
 * branch by it: the entry is kept for the run's first commit. Outside of a run, nothing is written.
 */
export async function explainOnce(engine: Engine, task: Task, io: Io): Promise<Committed> {
  const { fixes, report, target } = task
  const { head, record } = target
  if (!record || fixes === undefined) return NOTHING_COMMITTED
  const provenance = { run: nameOfRun(io.env, record.branch), iteration: io.env['LR_ITERATION'] || undefined }
  const made = await findCommitted(engine, head, provenance)
  if (made.length > 0) return { ...NOTHING_COMMITTED, commits: made }
  if (target.isPending) {
    keepPendingEntry(engine, explanationEntry(head.commit, report, provenance))
    return NOTHING_COMMITTED
  }

  const index = await engine.readIndex([fixes])
  const { draft, blob } = await beginDraft(engine, head, [], fixes)
  const last = (path: string) => findEntry(draft.folders, path)
  const { fixes: state } = await sortFiles(engine, task, { index, draft, record }, io)
  if (state !== 'ignored') await engine.checkAttributes([fixes])
  refuseInTheWay(index, [fixes])
  const carried = await readCarried(engine, record)
  const saved = (path: string) => [carried.asItWas(path, last(path))?.staged]
  refuseStaged(index, draft.folders, withFixes([], task, state, last), saved)
  const own = { changes: [], fixes: state, originals: [], carried, run: provenance.run }
  const before = await addOriginals(draft, engine, own, task)
  const entry = explanationEntry(before.tip, report, provenance)
  const all = { state, blob, entry, provenance, explains: undefined }
  const { tip, ...change } = await addEntry(before, engine, task, all)
  if (state === 'ignored') for (const file of change.files) writeFile(engine, file)
  if (tip === undefined || tip === head.commit) return NOTHING_COMMITTED
  await moveTarget(engine, target, { ...change, tip, reason: 'lr-git commit: a reply that changed no file' }, io)
  return { ...NOTHING_COMMITTED, commits: change.commits.slice(before.commits.length), originals: before.commits }
}

function writeFile({ repository }: Engine, { path, after }: FileChange): void {
  if (after === undefined) return
  const file = join(repository.root, path)
  writeDurably(`${file}.new`, after.bytes)
  replaceDurably(`${file}.new`, file)
}
