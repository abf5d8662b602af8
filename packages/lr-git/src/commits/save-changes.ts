import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  type Engine,
  findEntry,
  type Hash,
  type Head,
  type IndexEntry,
  isSame,
  keepModes,
  type LocalChange,
  type NamedObject,
  type PathChange,
  readWorkingEntries,
} from '@loop-runner/git-engine'
import { returnMessage } from './commit-message.ts'
import { identityOf } from './identity-of.ts'
import { addCommit, beginDraft, type Draft } from './plan-commit.ts'

/** The user's changes as commits that are not made yet, on top of HEAD. */
export interface Saved {
  /** What is staged; undefined where nothing is. */
  readonly staged: Hash | undefined
  /** The tracked files as they are; undefined if there is no commit and no change. */
  readonly tip: Hash | undefined
  /** The untracked files besides. */
  readonly start: Hash | undefined
  readonly objects: readonly NamedObject[]
  readonly index: readonly PathChange[]
}

/**
 * Plans to save changes that are not committed: what is staged first, if the files have changed since, then the files as
 * they are, then files that are not tracked.
 *
 * @throws CommandError (3) for conflicts, submodules, and files that a filter would change
 */
export async function saveChanges(
  engine: Engine,
  head: Head,
  { changes, untracked }: { readonly changes: readonly LocalChange[]; readonly untracked: readonly string[] },
  branch: string,
  io: Io,
): Promise<Saved> {
  const conflict = changes.find((change) => change.conflict)
  if (conflict) throw new CommandError(ExitStatus.Failed, `${conflict.path}: is in conflict (resolve it first)`)
  const changed = changes.map(({ path }) => path)
  const paths = [...changed, ...untracked]
  if (paths.length === 0) return { staged: undefined, tip: head.commit, start: head.commit, objects: [], index: [] }
  const identity = identityOf(engine, io)
  const [index, working, { draft }] = await Promise.all([
    engine.readIndex(paths),
    readWorkingEntries(engine, paths),
    beginDraft(engine, head, paths, paths[0] ?? ''),
  ])
  const entries = keepModes(engine, working.entries, (path) => findEntry(draft.folders, path))
  const [tracked, fresh] = [entries.slice(0, changed.length), entries.slice(changed.length)]
  const add = (onto: Draft, what: string, added: readonly PathChange[]) =>
    added.length === 0
      ? onto
      : addCommit(
          onto,
          engine,
          added,
          identity,
          returnMessage(`lr: ${what} when the run started`, '', { 'Lr-Run': branch }),
        )
  const staged = stagedEntries(changes, index)
  const isAllStaged =
    staged.length === changes.length && staged.every((one, at) => isSame(one.entry, tracked[at]?.entry))
  const first = await add(draft, 'what was staged', isAllStaged ? [] : staged)
  const whole = await add(first, 'what was not committed', tracked)
  const last = await add(whole, 'what was not tracked', fresh)
  return {
    staged: staged.length === 0 ? undefined : isAllStaged ? whole.tip : first.tip,
    tip: whole.tip,
    start: last.tip,
    objects: [...working.objects, ...last.objects],
    index: tracked,
  }
}

function stagedEntries(changes: readonly LocalChange[], index: readonly IndexEntry[]): PathChange[] {
  return changes
    .filter((change) => change.staged)
    .map(({ path }) => ({ path, entry: index.find((one) => one.path === path) }))
}
