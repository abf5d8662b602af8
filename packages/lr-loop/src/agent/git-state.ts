import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as z from 'zod/mini'
import { type Git, gitIn } from './git-call.ts'
import { listLeftovers, removeLeftovers } from './git-leftovers.ts'
import { keepGitFolder } from './git-folder.ts'
import { putStashesBack, readStashes } from './git-stashes.ts'
import { type GitCopies, mendRepository, noteHashes, readGitLink } from './mend-repository.ts'

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
  const refs = await readRefs(git)
  const state = { folder, common, link: readGitLink(root), ...(await readHead(git)), refs, stashes, markers }
  noteHashes(state, copies.hashes)
  keepGitFolder(folder, copies.folder)
  return { ...state, index, hasIndex }
}

/**
 * Puts HEAD, its branch, the index and lost refs back. Commits that are on no branch any more are kept under a ref.
 *
 * @param keptRef for such commits
 * @returns a line for each thing that was not as it had been
 */
export async function putGitStateBack(
  before: GitState,
  root: string,
  { copies, keptRef }: { readonly copies: GitCopies; readonly keptRef: string },
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const git = gitIn(root, env)
  const mended = await mendRepository(before, root, copies, env)
  const ended = removeLeftovers(before.markers, before.folder, before.common)
  const now = await readHead(git)
  const refs = await readRefs(git)
  const told = [
    ...mended,
    ...ended,
    ...(await putHeadBack(before, now, keptRef, git)),
    ...(await putRefsBack(before, refs, keptRef, git)),
    ...(await putBirthBack(before, refs, keptRef, git)),
    ...(await putStashesBack(before.stashes, join(before.common, STASH_LOG), git)),
  ]
  restoreIndex(before, copies.index)
  return told
}

/** What became of something that git is to put back. */
async function outcomeOf(done: string, git: Git, ...args: string[]): Promise<string> {
  return (await git(...args)) === undefined ? `it could not be ${done}` : `it was ${done}`
}

async function putHeadBack(
  before: GitState,
  now: Pick<GitState, 'branch' | 'commit'>,
  keptRef: string,
  git: Git,
): Promise<string[]> {
  if (now.branch === before.branch && (before.branch !== null || now.commit === before.commit)) return []
  const args =
    before.branch === null
      ? ['update-ref', '--no-deref', 'HEAD', before.commit ?? '']
      : ['symbolic-ref', 'HEAD', before.branch]
  const kept = now.branch === null ? await keep(now.commit ?? undefined, keptRef, git) : ''
  const outcome = await outcomeOf('moved back', git, ...args)
  return [`HEAD: moved from ${before.branch ?? before.commit} to ${now.branch ?? now.commit}; ${outcome}${kept}`]
}

async function putRefsBack(
  before: GitState,
  refs: Readonly<Record<string, string>>,
  keptRef: string,
  git: Git,
): Promise<string[]> {
  const told: string[] = []
  for (const [ref, old] of Object.entries(before.refs)) {
    const found = refs[ref]
    if (ref === 'refs/stash' || found === old || !(await isLost(ref, old, found, before, git))) continue
    const kept = await keep(found, keptRef, git)
    const outcome = await outcomeOf('put back', git, 'update-ref', ref, old)
    const lost = outcome === 'it was put back' ? '' : ` (${short(old)})`
    told.push(`${ref}: ${found === undefined ? 'deleted' : 'moved, which is for the loop'}; ${outcome}${lost}${kept}`)
  }
  return told
}

/** In a repository without a commit, the first one is for the loop, too. */
async function putBirthBack(
  { branch, commit }: GitState,
  refs: Readonly<Record<string, string>>,
  keptRef: string,
  git: Git,
): Promise<string[]> {
  const found = branch === null ? undefined : refs[branch]
  if (branch === null || commit !== null || found === undefined) return []
  const kept = await keep(found, keptRef, git)
  const outcome = await outcomeOf('put back', git, 'update-ref', '-d', branch)
  return [`${branch}: committed to, which is for the loop; ${outcome}${kept}`]
}

/** Keeps a commit that is on no branch any more; says where. */
async function keep(commit: string | undefined, keptRef: string, git: Git): Promise<string> {
  if (commit === undefined || (await git('update-ref', keptRef, commit)) === undefined) return ''
  return ` (${short(commit)} is kept as ${keptRef})`
}

function short(hash: string): string {
  return hash.slice(0, 12)
}

/** A branch that others moved on is theirs; the one that the loop is on, and a ref that lost commits, are put back. */
async function isLost(
  ref: string,
  old: string,
  found: string | undefined,
  { branch }: GitState,
  git: Git,
): Promise<boolean> {
  if (found === undefined || ref === branch) return true
  return (await git('merge-base', '--is-ancestor', old, found)) === undefined
}

async function readHead(git: Git): Promise<Pick<GitState, 'branch' | 'commit'>> {
  const branch = (await git('symbolic-ref', '-q', 'HEAD'))?.trim()
  const commit = (await git('rev-parse', '-q', '--verify', 'HEAD'))?.trim()
  return { branch: branch || null, commit: commit || null }
}

async function readRefs(git: Git): Promise<Record<string, string>> {
  const lines = (await git('for-each-ref', '--format=%(refname) %(objectname)')) ?? ''
  return Object.fromEntries(
    lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ') as [string, string]])),
  )
}

function restoreIndex({ index, hasIndex }: GitState, copy: string): void {
  if (!hasIndex) return rmSync(index, { force: true })
  if (!existsSync(copy) || (existsSync(index) && readFileSync(index).equals(readFileSync(copy)))) return
  copyFileSync(copy, index)
}
