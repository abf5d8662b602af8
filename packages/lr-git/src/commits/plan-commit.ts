import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import {
  buildTree,
  type Engine,
  type FileChange,
  type FileEntry,
  findEntry,
  type Folders,
  foldersOf,
  type Hash,
  type Head,
  type Identity,
  type IndexEntry,
  isSame,
  type NamedObject,
  nameObject,
  parseFolders,
  type PathChange,
  readFile,
} from '@loop-runner/git-engine'
import { appendEntry } from './fixes-file.ts'

/** A commit as it grows: commits that are made but not written yet, one on top of the other. */
export interface Draft {
  readonly tip: Hash | undefined
  /** The commits made so far, the oldest first. */
  readonly commits: readonly Hash[]
  readonly folders: Folders
  readonly objects: readonly NamedObject[]
  /** What of the index changes with it. */
  readonly index: readonly PathChange[]
  readonly files: readonly FileChange[]
}

/**
 * Begins on top of HEAD, knowing the folders that hold `paths`.
 *
 * @param fixes a file whose blob is read too
 * @throws CommandError (3) as parseFolders
 */
export async function beginDraft(
  engine: Engine,
  head: Head,
  paths: readonly string[],
  fixes: string | undefined,
): Promise<{ readonly draft: Draft; readonly blob: Buffer | undefined }> {
  const also = fixes === undefined ? [] : [fixes]
  const wanted = [...foldersOf([...paths, ...also]), ...also]
  const found = head.commit === undefined ? new Map<string, NamedObject>() : await engine.readPaths(head.commit, wanted)
  const blob = fixes === undefined ? undefined : found.get(fixes)
  const folders = head.commit === undefined ? new Map() : parseFolders(found, wanted, engine.format)
  return {
    draft: { tip: head.commit, commits: [], folders, objects: [], index: [], files: [] },
    blob: blob?.type === 'blob' ? blob.bytes : undefined,
  }
}

/** Adds a commit of these changes; the commits in between differ in their messages only. */
export async function addCommit(
  draft: Draft,
  engine: Engine,
  changes: readonly PathChange[],
  identity: Identity,
  message: string,
): Promise<Draft & { readonly tip: Hash }> {
  const tree = buildTree(draft.folders, changes, engine.format)
  const parents = draft.tip === undefined ? [] : [draft.tip]
  const objects = [...draft.objects, ...tree.objects]
  const commit = await engine.sealCommit({ tree: tree.root, parents, ...identity, message }, objects)
  return {
    tip: commit.hash,
    commits: [...draft.commits, commit.hash],
    folders: tree.folders,
    objects: [...objects, commit],
    index: [...draft.index, ...changes],
    files: draft.files,
  }
}

/** Adds an entry to FIXES.md, in a commit of its own; what the user has changed in that file stays uncommitted. */
export async function addFixesCommit(
  draft: Draft,
  engine: Engine,
  fixes: {
    readonly path: string
    readonly last: Buffer | undefined
    readonly run: string | undefined
    readonly entry: string
  },
  identity: Identity,
  message: string,
): Promise<Draft & { readonly tip: Hash }> {
  const { path, last, run, entry } = fixes
  const blob = nameObject({ type: 'blob', bytes: appendEntry(last, run, entry) }, engine.format)
  const mode = findEntry(draft.folders, path)?.mode ?? '100644'
  const working = readFile(join(engine.repository.root, path))
  const after = { bytes: appendEntry(working, run, entry), executable: mode === '100755' }
  const entries = [{ path, entry: { mode, hash: blob.hash } }]
  const next = await addCommit({ ...draft, objects: [...draft.objects, blob] }, engine, entries, identity, message)
  return { ...next, files: [...draft.files, { path, before: working, after }] }
}

/** Adds an entry to a FIXES.md that git ignores: in the working tree alone. */
export function addFixesFile<T extends Draft>(
  draft: T,
  { repository }: Engine,
  { path, run, entry }: { readonly path: string; readonly run: string | undefined; readonly entry: string },
): T {
  const working = readFile(join(repository.root, path))
  const after = { bytes: appendEntry(working, run, entry), executable: undefined }
  return { ...draft, files: [...draft.files, { path, before: working, after }] }
}

/**
 * Refuses paths whose entries in the index are neither those of the last commit nor those that they would become: the
 * user has staged something there, and it would be lost.
 *
 * @param saved versions that a commit holds or will hold
 *
 * @throws CommandError (3) naming the path
 */
export function refuseStaged(
  index: readonly IndexEntry[],
  folders: Folders,
  changes: readonly PathChange[],
  saved: (path: string) => readonly (FileEntry | undefined)[],
): void {
  for (const { path, entry } of changes) {
    const entries = index.filter((one) => one.path === path)
    if (entries.some(({ stage }) => stage > 0)) {
      throw new CommandError(ExitStatus.Failed, `${path}: is in conflict (resolve it first)`)
    }
    const last = findEntry(folders, path)
    const known = [last, entry, ...saved(path).filter((one) => one !== undefined)]
    if (!known.some((one) => isSame(one, entries[0]))) {
      throw new CommandError(ExitStatus.Failed, `${path}: you have staged another version (commit or unstage it first)`)
    }
  }
}
