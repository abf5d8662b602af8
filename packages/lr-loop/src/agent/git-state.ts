import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { commitKeeper } from './commit-keeper.ts'
import { gitIn } from './git-call.ts'
import { putHeadBack, readHead } from './git-head.ts'
import { putNewRefsBack, putRefsBack, readRefs } from './git-refs.ts'
import { listLeftovers, removeLeftovers } from './git-leftovers.ts'
import { keepGitFolder } from './git-folder.ts'
import { putStashesBack, readStashes } from './git-stashes.ts'
import { type GitCopies, type Restored, restoreRepository, noteHashes, readGitLink } from './restore-repository.ts'

/** Where a repository was before an agent ran. */
export const GitState = z.object({
  folder: z.string(),
  /** The folder that all working trees of the repository share. */
  common: z.string(),
  /** The branch that HEAD is on; null if it is detached. */
  branch: z.nullable(z.string()),
  /** Null before the first commit. */
  commit: z.nullable(z.string()),
  refs: z.record(z.string(), z.string()),
  stashes: z.nullable(z.string()),
  index: z.string(),
  hasIndex: z.boolean(),
  /** The text of a file `.git`. */
  link: z.nullable(z.string()),
  /** Files of an operation that was going on: a merge, a rebase, a lock. */
  markers: z.array(z.string()),
  worktrees: z.array(z.string()),
})
export type GitState = z.infer<typeof GitState>

const STASH_LOG = 'logs/refs/stash'

/** The state of a repository, with copies of its folder and its index; undefined without a repository or without git. */
export async function keepGitState(
  root: string,
  copies: GitCopies,
  env: NodeJS.ProcessEnv,
): Promise<GitState | undefined> {
  const git = gitIn(root, env)
  const folder = (await git('rev-parse', '--absolute-git-dir'))?.trim()
  if (folder === undefined) return undefined
  const common = resolve(root, (await git('rev-parse', '--git-common-dir'))?.trim() ?? folder)
  const index = resolve(root, (await git('rev-parse', '--git-path', 'index'))?.trim() ?? '')
  rmSync(copies.index, { force: true })
  const hasIndex = existsSync(index)
  if (hasIndex) copyFileSync(index, copies.index)
  const markers = listLeftovers(folder, common)
  const stashes = readStashes(join(common, STASH_LOG))
  const worktrees = listWorktrees(common)
  const refs = await readRefs(git)
  const state = { folder, common, link: readGitLink(root), ...(await readHead(git)), refs, stashes, markers, worktrees }
  noteHashes(state, copies.hashes)
  keepGitFolder(folder, copies.folder)
  return { ...state, index, hasIndex }
}

/**
 * Puts HEAD, its branch, the index, lost refs and stashes back. Commits that are on no branch any more are kept under a ref.
 *
 * @param keptRef for such commits
 */
export async function putGitStateBack(
  before: GitState,
  root: string,
  { copies, keptRef }: { readonly copies: GitCopies; readonly keptRef: string },
  env: NodeJS.ProcessEnv,
): Promise<Restored> {
  const git = gitIn(root, env)
  const restored = await restoreRepository(before, root, copies, env)
  const ended = removeLeftovers(before.markers, before.folder, before.common)
  const keep = commitKeeper(keptRef, git)
  const now = await readHead(git)
  const refs = await readRefs(git)
  const told = [
    ...restored.told,
    ...ended,
    ...(await putHeadBack(before, now, keep, git)),
    ...(await putRefsBack(before, refs, keep, git)),
    ...(await putNewRefsBack(before, refs, git)),
    ...(await putStashesBack(before.stashes, join(before.common, STASH_LOG), git)),
    ...tellWorktrees(before),
  ]
  restoreIndex(before, copies.index)
  return { told, isBroken: restored.isBroken }
}

function listWorktrees(common: string): string[] {
  const folder = join(common, 'worktrees')
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Those of attempts and of others are made in the folder of a repository whose linked working tree this is. */
function tellWorktrees({ worktrees, folder, common }: GitState): string[] {
  if (folder !== common) return []
  const made = listWorktrees(common).filter((name) => !worktrees.includes(name))
  return made.map((name) => `.git/worktrees/${name}: a working tree was made; it was left there (git worktree list)`)
}

function restoreIndex({ index, hasIndex }: GitState, copy: string): void {
  if (!hasIndex) return rmSync(index, { force: true })
  if (!existsSync(copy) || (existsSync(index) && readFileSync(index).equals(readFileSync(copy)))) return
  copyFileSync(copy, index)
}
