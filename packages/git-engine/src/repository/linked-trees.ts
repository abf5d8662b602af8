import { isThere } from '../transaction/if-there.ts'
import { join } from 'node:path'
import type { Hash } from './git-object.ts'
import type { Attribute } from '../git-program/git-files.ts'
import { attributeError } from '../git-program/attribute-error.ts'
import type { Git } from '../git-program/git-program.ts'
import type { Repository } from './find-repository.ts'

/** Folders that are wholly untracked are listed as such, with a slash at the end. */
const OTHERS = ['ls-files', '-z', '--others', '--directory', '--no-empty-directory', '--exclude-standard']
const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-renames']
const SUBMODULE_MODE = '160000 '

/** Files of a working tree that a linked one lacks. Paths are relative to the root; those of folders end in a slash. */
export interface Untracked {
  readonly ignored: readonly string[]
  /** Not ignored, and not added yet. */
  readonly fresh: readonly string[]
  /** Folders of submodules that are checked out. */
  readonly submodules: readonly string[]
}

/** What concerns linked working trees, and carries commits from one to the other. Only the git program does it. */
export interface LinkedTrees {
  /**
   * Checks a commit out in a folder that is not there yet, on a new branch.
   *
   * @throws CommandError (3) where a file would need a filter that is not to be run
   */
  add(folder: string, branch: string, commit: Hash): Promise<void>
  /**
   * Checks a commit out in a folder that is not there yet, on no branch. Files that would need a filter that is not to be
   * run are not what they should be: git takes what they become for unchanged.
   *
   * @returns those files, which are unchanged here
   * @throws CommandError (3) where such a file has changes here
   */
  addDetached(folder: string, commit: Hash): Promise<readonly string[]>
  listUntracked(): Promise<Untracked>
  /** The tracked files as they are now against a commit, as a patch for `git apply`. */
  diffTo(commit: Hash): Promise<Buffer>
  /** Writes the commits of a branch, back to `begin`, to a file. */
  writeBundle(file: string, branch: string, begin: Hash): Promise<void>
  /**
   * Adds the commits of such a file to the repository.
   *
   * @returns the tip
   */
  readBundle(file: string): Promise<Hash>
  deleteBranch(branch: string, tip: Hash): Promise<void>
}

/** @param findFilters the filters that some files would need and that are not to be run */
export function linkedTreesOf(
  git: Git,
  { root }: Repository,
  findFilters: (paths: readonly string[]) => Promise<readonly Attribute[]>,
): LinkedTrees {
  const namesOf = async (args: readonly string[]) => {
    const { stdout } = await git(args)
    return stdout.toString().split('\0').filter(Boolean)
  }
  const findFiltersOf = async (commit: Hash) =>
    findFilters(await namesOf(['ls-tree', '-r', '-z', '--name-only', commit]))
  return {
    add: async (folder, branch, commit) => {
      // Otherwise a large file would silently be its pointer there.
      const [first] = await findFiltersOf(commit)
      if (first) throw attributeError(first)
      await git(['worktree', 'add', '-q', '-b', branch, folder, commit])
    },
    addDetached: async (folder, commit) => {
      const filters = await findFiltersOf(commit)
      const names = filters.length === 0 ? [] : await namesOf(['diff', '-z', '--name-only', ...PLAIN_DIFF, commit])
      const changed = new Set(names)
      const first = filters.find(({ path }) => changed.has(path))
      if (first) throw attributeError(first)
      await git(['worktree', 'add', '-q', '--detach', folder, commit])
      const paths = filters.map(({ path }) => path)
      const stdin = paths.map((path) => `${path}\0`).join('')
      if (paths.length > 0) await git(['-C', folder, 'update-index', '--assume-unchanged', '-z', '--stdin'], { stdin })
      return paths
    },
    listUntracked: async () => {
      const [ignored, fresh] = await Promise.all([namesOf([...OTHERS, '--ignored']), namesOf(OTHERS)])
      return { ignored, fresh, submodules: await listSubmodules(namesOf, root) }
    },
    diffTo: async (commit) => (await git(['diff', '--binary', '--full-index', ...PLAIN_DIFF, commit])).stdout,
    writeBundle: async (file, branch, begin) => {
      await git(['bundle', 'create', '-q', file, `refs/heads/${branch}`, `^${begin}`])
    },
    readBundle: async (file) => (await git(['bundle', 'unbundle', file])).stdout.toString().split(' ')[0] ?? '',
    deleteBranch: async (branch, tip) => {
      await git(['update-ref', '-d', `refs/heads/${branch}`, tip], { uninterrupted: true })
    },
  }
}

async function listSubmodules(
  namesOf: (args: readonly string[]) => Promise<readonly string[]>,
  root: string,
): Promise<readonly string[]> {
  if (!isThere(join(root, '.gitmodules'))) return []
  const entries = await namesOf(['ls-files', '-z', '--stage'])
  return entries
    .filter((entry) => entry.startsWith(SUBMODULE_MODE))
    .map((entry) => `${entry.slice(entry.indexOf('\t') + 1)}/`)
    .filter((path) => isThere(join(root, path, '.git')))
}
