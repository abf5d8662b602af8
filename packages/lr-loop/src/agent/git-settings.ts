import { isAbsolute, join, relative } from 'node:path'

/** Files of a git folder by which git could run something later, relative to the root of the tree. */
export function listSettings(root: string, folder: string): string[] {
  const names = [
    'config',
    'config.worktree',
    'info/exclude',
    'info/attributes',
    'info/grafts',
    'shallow',
    ...HOOKS.map((name) => `hooks/${name}`),
  ]
  const paths = names.map((name) => relative(root, join(folder, name)))
  // The folder of a linked working tree is elsewhere.
  return paths.filter((path) => !path.startsWith('..') && !isAbsolute(path))
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
