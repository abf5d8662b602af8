import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { workingTreeOf } from '@loop-runner/cli-kit'
import { GitState, keepGitState } from './git-state.ts'
import { filledFolders } from './ignored-folders.ts'
import { keptFolder } from './keep-touched.ts'
import { listFresh, listIgnored } from './list-paths.ts'
import { ownOutputs } from './own-outputs.ts'
import type { GitCopies } from './restore-repository.ts'
import { Entry, keepEntry } from './tree-copy.ts'
import { walkTree } from './tree-walk.ts'
import { isInside } from '../is-inside.ts'

/** A working tree as it was before an agent ran; `before.json`. */
const Snapshot = z.object({
  root: z.string(),
  /** The path from the root of the loop's own tree; empty for that tree. */
  inner: z.string(),
  iteration: z.number(),
  entries: z.record(z.string(), Entry),
  /** The modes of folders. */
  modes: z.record(z.string(), z.number()),
  /** Pipes, sockets and devices. */
  special: z.array(z.string()),
  /** Entries whose name is not UTF-8. */
  odd: z.array(z.string()),
  /** Files that the loop itself writes to. */
  outputs: z.array(z.string()),
  /** The trees of submodules and other repositories in the tree, by their folders. */
  get nested() {
    return z.record(z.string(), Snapshot)
  },
  /** Ignored folders, which are not copied. */
  ignored: z.array(z.string()),
  git: z.optional(GitState),
})
export type Snapshot = z.infer<typeof Snapshot>

/** Where snapshots are kept, and the environment for git. */
export interface Place {
  /** The run's folder. */
  readonly run: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Copies the working tree to the run's folder: what git tracks or would add, single files that it ignores, its
 * configuration and hooks, and the repositories in it. A copy of the same state from an earlier snapshot is used again.
 */
export async function takeSnapshot(iteration: number, place: Place): Promise<Snapshot> {
  const folder = join(place.run, 'agent')
  const earlier = readSnapshot(join(folder, 'last.json'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const snapshot = await keepTree({ root: workingTreeOf(place.cwd), inner: '', iteration }, earlier, place)
  const file = join(folder, 'before.json')
  writeFileSync(`${file}.new`, JSON.stringify(snapshot), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return snapshot
}

async function keepTree(
  tree: Pick<Snapshot, 'root' | 'inner' | 'iteration'>,
  earlier: Snapshot | undefined,
  place: Place,
): Promise<Snapshot> {
  const { root, inner, iteration } = tree
  const { run, env } = place
  const store = storeOf(tree, run)
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const git = await keepGitState(root, copiesOf(tree, run), env)
  const entries: Record<string, Entry> = {}
  const ignored = git ? await listIgnored(root, env) : []
  const single = ignored.filter((path) => !path.endsWith('/'))
  const paths = [...new Set([...(await listFresh(root, git, env)), ...single])]
  const outputs = ownOutputs(root, paths)
  for (const path of paths) {
    if (isOfRun(path, root, run) || outputs.has(path)) continue
    const entry = keepEntry(root, path, store, earlier?.entries[path])
    if (entry) entries[path] = entry
  }
  const folders = ignored.filter((path) => path.endsWith('/'))
  const { nested, ...walked } = walkTree(root, { ignored: folders, hasGit: git !== undefined })
  const trees: Record<string, Snapshot> = {}
  for (const folder of nested.filter((path) => !isOfRun(path, root, run))) {
    const part = { root: join(root, folder), inner: join(inner, folder), iteration }
    trees[folder] = await keepTree(part, earlier?.nested[folder], place)
  }
  return {
    ...tree,
    entries,
    ...walked,
    outputs: [...outputs],
    nested: trees,
    ignored: filledFolders(root, folders),
    git,
  }
}

/** The snapshot that an interrupted run of an agent left behind; undefined if no run was interrupted. */
export function pendingSnapshot(run: string): Snapshot | undefined {
  return readSnapshot(join(run, 'agent', 'before.json'))
}

/** Ends the work on a snapshot: the tree is as the loop has it. */
export function closeSnapshot(run: string): void {
  renameSync(join(run, 'agent', 'before.json'), join(run, 'agent', 'last.json'))
}

/** Removes the copies, which may hold keys of the user, unless the tree is still to be put back by them. */
export function removeSnapshots(run: string): void {
  if (pendingSnapshot(run) === undefined) rmSync(join(run, 'agent'), { recursive: true, force: true })
}

/** The folder for the agent's version of a tree. */
export function keptOf({ inner, iteration }: Pick<Snapshot, 'inner' | 'iteration'>, run: string): string {
  return join(keptFolder(run, iteration), inner)
}

export function copiesOf(tree: Pick<Snapshot, 'inner' | 'iteration'>, run: string): GitCopies {
  const folder = folderOf(tree, run)
  const aside = join(keptOf(tree, run), '.git')
  return { index: join(folder, 'index'), folder: join(folder, 'git'), hashes: join(folder, 'hashes'), aside }
}

export function storeOf(tree: Pick<Snapshot, 'inner'>, run: string): string {
  return join(folderOf(tree, run), 'store')
}

/** Whether a path is of a run's folder that is in the tree itself. The tree of an attempt is in its run's folder. */
export function isOfRun(path: string, root: string, run: string): boolean {
  return isInside(run, root) && isInside(join(root, path), run)
}

function folderOf({ inner }: Pick<Snapshot, 'inner'>, run: string): string {
  const name = createHash('sha256').update(inner).digest('hex')
  return inner === '' ? join(run, 'agent') : join(run, 'agent', 'inner', name)
}

function readSnapshot(file: string): Snapshot | undefined {
  try {
    return Snapshot.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
