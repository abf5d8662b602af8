import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bringFolderBack, bringLinkBack, bringMissingBack, bringObjectsBack, bringPartBack } from './git-folder.ts'
import { callPlainGit } from './git-call.ts'
import type { GitState } from './git-state.ts'
import { hashesOfStashes } from './git-stashes.ts'

/** Where the copies of a repository are. */
export interface GitCopies {
  readonly index: string
  readonly folder: string
  /** A list of the hashes that must be there. */
  readonly hashes: string
  /** Where a repository goes that an agent made in place of the user's. */
  readonly aside: string
}

/** The text of a file `.git`, which names the git folder; null where that is a folder. */
export function readGitLink(root: string): string | null {
  const file = join(root, '.git')
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : null
}

/** Notes which objects a repository must have: those of its refs and stashes. */
export function noteHashes(
  { commit, refs, stashes }: Pick<GitState, 'commit' | 'refs' | 'stashes'>,
  file: string,
): void {
  const hashes = new Set([...(commit === null ? [] : [commit]), ...Object.values(refs), ...hashesOfStashes(stashes)])
  writeFileSync(file, [...hashes, ''].join('\n'), { mode: 0o600 })
}

/** The outcome of restoring a repository. */
export interface Restored {
  /** A line for each thing that was not as it had been. */
  readonly told: readonly string[]
  /** Whether it lost objects of which there is no copy. */
  readonly isBroken: boolean
}

/** Brings a repository that an agent destroyed back, as far as there are copies of it. */
export async function restoreRepository(
  before: GitState,
  root: string,
  copies: GitCopies,
  env: NodeJS.ProcessEnv,
): Promise<Restored> {
  const told: string[] = []
  const wasFound = await isFound(before, root, env)
  restoreParts(before, root, copies)
  if (!wasFound) {
    if (!(await isFound(before, root, env))) bringPartBack(before.folder, copies.folder, 'HEAD')
    const isRestored = await isFound(before, root, env)
    if (!isRestored) bringFolderBack(before.folder, copies.folder, copies.aside)
    const aside = !isRestored && existsSync(copies.aside) ? ` (what was there is in ${copies.aside})` : ''
    const outcome = (await isFound(before, root, env)) ? 'it was put back' : 'it could not be put back'
    told.push(`.git: the agent destroyed the repository; ${outcome}${aside}`)
  }
  if ((await listMissing(root, copies, env)).length === 0) return { told, isBroken: false }
  bringObjectsBack(before.folder, copies.folder)
  bringMissingBack(before.folder, copies.folder, (path) => WORKTREES.test(path))
  bringPartBack(before.folder, copies.folder, 'logs', (path) => !path.endsWith('/logs/refs/stash'))
  const lost = await listMissing(root, copies, env)
  const outcome = lost.length === 0 ? 'they were put back' : `there is no copy of ${lost.length} of them`
  return {
    told: [...told, `.git: the agent removed objects of the repository; ${outcome}`],
    isBroken: lost.length > 0,
  }
}

async function isFound({ folder }: GitState, root: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await callPlainGit(['rev-parse', '--absolute-git-dir'], root, env))?.trim() === folder
}

/** Files that other processes also change; they are restored one by one. */
const WORKTREES = /^worktrees\//
const OWN = /^(?:worktrees|refs|packed-refs|index|logs\/refs\/stash)(?:$|\/)/

function restoreParts({ folder, common, link }: GitState, root: string, copies: GitCopies): void {
  if (!existsSync(copies.folder)) return
  if (link !== null && readGitLink(root) !== link) bringLinkBack(join(root, '.git'), link, copies.aside)
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  if (stats && !stats.isDirectory()) return
  bringMissingBack(folder, copies.folder, (path) => !OWN.test(path))
  if (common !== folder) return
  // Without them git sees no repository.
  for (const name of ['objects', 'refs']) mkdirSync(join(folder, name), { recursive: true })
}

/** The objects that a repository had and has no more. */
async function listMissing(root: string, { hashes }: GitCopies, env: NodeJS.ProcessEnv): Promise<string[]> {
  if (!existsSync(hashes)) return []
  const listed = await callPlainGit(['cat-file', '--batch-check'], root, env, hashes)
  return (listed ?? ' missing').split('\n').filter((line) => line.endsWith(' missing'))
}
