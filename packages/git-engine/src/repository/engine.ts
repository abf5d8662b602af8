import type { Repository } from './find-repository.ts'
import type { GitConfig } from './git-config.ts'
import type { LinkedTrees } from './linked-trees.ts'
import type { Commit, GitObject, Hash, NamedObject, ObjectFormat } from './git-object.ts'

/** What HEAD says. */
export interface Head {
  /** The full name of the branch's ref; undefined where HEAD is detached. */
  readonly ref: string | undefined
  /** Undefined on a branch that has no commit yet. */
  readonly commit: Hash | undefined
}

/** A file as a tree or the index has it. */
export interface FileEntry {
  /** `100644`, `100755`, `120000` (link) or `160000` (submodule). */
  readonly mode: string
  readonly hash: Hash
}

export function isSame(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  return a?.hash === b?.hash && a?.mode === b?.mode
}

/** An entry of the index; `stage` is 0 except for conflicts. */
export interface IndexEntry extends FileEntry {
  readonly path: string
  readonly stage: number
}

/** A tracked file that is not as it was committed. */
export interface LocalChange {
  readonly path: string
  /** Whether the index differs from the last commit. */
  readonly staged: boolean
  readonly conflict: boolean
}

/** What a path of the index or of a tree becomes; without an entry it is taken out. */
export interface PathChange {
  readonly path: string
  readonly entry: FileEntry | undefined
}

/** A move of a ref from what it must be to what it becomes; undefined is "not there". */
export interface RefStep {
  /** A full name, or `HEAD` for a detached one. */
  readonly ref: string
  readonly from: Hash | undefined
  readonly to: Hash
}

/** A switch of HEAD, to a branch's ref or to a commit. */
export interface HeadStep {
  readonly head: { readonly ref: string } | { readonly commit: Hash }
}

export type Step = RefStep | HeadStep

/**
 * The few operations that the installed git and isomorphic-git both offer. What a commit, an undo or a finish is made
 * of is written once, above it. Paths are relative to the root, with forward slashes.
 */
export interface Engine {
  readonly name: 'git' | 'native'
  readonly repository: Repository
  readonly format: ObjectFormat
  readonly config: GitConfig
  readHead(): Promise<Head>
  /** The commit that a ref (by its full name) points to. */
  readRef(ref: string): Promise<Hash | undefined>
  /** The full name of a ref for which this name is a folder. */
  findRefBelow(ref: string): Promise<string | undefined>
  /** The commit that a revision as typed means; undefined where it means none. */
  resolveCommit(revision: string): Promise<Hash | undefined>
  /** The trees and blobs at these paths of a commit; the empty path is its whole tree. */
  readPaths(commit: Hash, paths: readonly string[]): Promise<Map<string, NamedObject>>
  readObjects(hashes: readonly Hash[]): Promise<GitObject[]>
  /** First-parent history from `commit` back to `end`, which is left out, at most `limit`, the newest first. */
  readHistory(commit: Hash, end: Hash | null, limit: number): Promise<NamedObject[]>
  /** The entries of these paths in the index, and those that cannot be beside them: files above, files below. */
  readIndex(paths: readonly string[]): Promise<IndexEntry[]>
  /**
   * Refuses paths that a filter or an encoding would change in ways that we do not promise.
   *
   * @throws CommandError (3) naming the path and the filter
   */
  checkAttributes(paths: readonly string[]): Promise<void>
  /**
   * The contents that a checkout would give these files, line ends converted as git does it.
   *
   * @throws CommandError (3) as checkAttributes
   */
  readCheckouts(files: readonly { readonly path: string; readonly hash: Hash }[]): Promise<Buffer[]>
  /** Stores files of the working tree as blobs, line ends converted as `git add` would. */
  storeFiles(paths: readonly string[]): Promise<Hash[]>
  /** Stores bytes as the blob of a file, line ends converted as for a file at that path. */
  storeBytes(path: string, bytes: Buffer): Promise<Hash>
  writeObjects(objects: readonly NamedObject[]): Promise<void>
  /** Whether it signs commits. */
  readonly signs: boolean
  /**
   * A commit as it will be stored, signed where that is asked for.
   *
   * @param objects what it is made of, as far as that is not written yet
   * @throws CommandError (3) where it cannot be signed
   */
  sealCommit(commit: Commit, objects: readonly NamedObject[]): Promise<NamedObject>
  /**
   * Writes an index that holds a tree and nothing else to the file `target`, for a hook to look at.
   *
   * @throws CommandError (3) where the engine runs no hooks
   */
  makeTreeIndex(tree: Hash, target: string): Promise<void>
  /** Writes the index with these changes to the file `target`, the real one untouched. The index is locked by us. */
  makeIndex(changes: readonly PathChange[], target: string): Promise<void>
  /** Tracked files that are changed, staged or in conflict; submodules with another commit among them. */
  listChanges(): Promise<LocalChange[]>
  /** @throws CommandError (3) where the engine knows of no linked working trees */
  linkedTrees(): LinkedTrees
  /**
   * Moves a ref or HEAD, with a line in the reflog.
   *
   * @throws CommandError (4) where a ref is no longer what the step says, or is locked
   */
  takeStep(step: Step, reason: string): Promise<void>
}
