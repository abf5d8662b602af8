import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { findEntry } from './build-tree.ts'
import { returnMessage } from './commit-message.ts'
import { type Engine, type Head, type LocalChange, type PathChange, isSame } from '../repository/engine.ts'
import type { Hash, NamedObject } from '../repository/git-object.ts'
import { identityOf } from './identity-of.ts'
import { addCommit, beginDraft } from './plan-commit.ts'
import { keepModes, readWorkingEntries } from '../working-tree/working-entries.ts'

/** The user's changes as commits that are not made yet, on top of HEAD. */
export interface Saved {
  /** What is staged; undefined where nothing is. */
  readonly staged: Hash | undefined
  readonly tip: Hash
  readonly objects: readonly NamedObject[]
  readonly index: readonly PathChange[]
}

/**
 * Plans to save changes that are not committed: what is staged first, where the files have gone on from there, then the
 * files as they are.
 *
 * @throws CommandError (3) for conflicts, submodules, and files that a filter would change
 */
export async function saveChanges(
  engine: Engine,
  head: Head,
  changes: readonly LocalChange[],
  branch: string,
  io: Io,
): Promise<Saved> {
  const conflict = changes.find((change) => change.conflict)
  if (conflict) throw new CommandError(ExitStatus.Failed, `${conflict.path}: is in conflict (resolve it first)`)
  const paths = changes.map(({ path }) => path)
  const identity = identityOf(engine, io)
  const [index, working, { draft }] = await Promise.all([
    engine.readIndex(paths),
    readWorkingEntries(engine, paths),
    beginDraft(engine, head, paths, paths[0] ?? ''),
  ])
  const stagedEntries = changes
    .filter((change) => change.staged)
    .map(({ path }): PathChange => ({ path, entry: index.find((one) => one.path === path) }))
  const entries = keepModes(engine, working.entries, (path) => findEntry(draft.folders, path))
  const message = (what: string) => returnMessage(`lr: ${what} when the run started`, '', { 'Lr-Run': branch })
  const own = (path: string) => entries.find((one) => one.path === path)?.entry
  const isAllStaged =
    stagedEntries.length === changes.length && stagedEntries.every(({ path, entry }) => isSame(entry, own(path)))
  const isPartly = stagedEntries.length > 0 && !isAllStaged
  const first = isPartly ? await addCommit(draft, engine, stagedEntries, identity, message('what was staged')) : draft
  const whole = await addCommit(first, engine, entries, identity, message('what was not committed'))
  const staged = isAllStaged ? whole.tip : isPartly ? first.tip : undefined
  return { staged, tip: whole.tip, objects: [...working.objects, ...whole.objects], index: entries }
}
