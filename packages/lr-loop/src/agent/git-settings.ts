import { join, relative } from 'node:path'
import type { GitState } from './git-state.ts'

/** Files of a git folder that say what git runs, ignores or checks out later, relative to the root of the tree. */
export function listSettings(root: string, { folder, common }: Pick<GitState, 'folder' | 'common'>): string[] {
  // The settings of a linked working tree are those of others, too.
  if (folder !== common) return []
  const names = [
    'config',
    'config.worktree',
    'info/exclude',
    'info/attributes',
    'info/grafts',
    'info/sparse-checkout',
    'shallow',
    ...HOOKS.map((name) => `hooks/${name}`),
  ]
  return names.map((name) => relative(root, join(folder, name)))
}

const HOOKS = [
  'applypatch-msg',
  'commit-msg',
  'fsmonitor-watchman',
  'post-applypatch',
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'post-rewrite',
  'pre-applypatch',
  'pre-auto-gc',
  'pre-commit',
  'pre-merge-commit',
  'pre-push',
  'pre-rebase',
  'prepare-commit-msg',
  'reference-transaction',
  'update',
]
