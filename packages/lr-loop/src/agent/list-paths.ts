import { listTree } from '@loop-runner/source-files'
import { callPlainGit, pathsIn } from './git-call.ts'
import { listSettings } from './git-settings.ts'
import type { GitState } from './git-state.ts'

/** Paths that git ignores: single files, and folders with a trailing slash. */
export async function listIgnored(root: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']
  return pathsIn(await callPlainGit(args, root, env))
}

/** Files of the tree, and those by which git could run something later. */
export async function listFresh(root: string, git: GitState | undefined, env: NodeJS.ProcessEnv): Promise<string[]> {
  const tree = await listTree(root, env)
  return [...tree, ...(git === undefined ? [] : listSettings(root, git))]
}
