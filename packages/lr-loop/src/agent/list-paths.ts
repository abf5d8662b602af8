import { listTree } from '@loop-runner/source-files'
import { callPlainGit, pathsIn } from './git-call.ts'
import { listSettings } from './git-settings.ts'
import type { GitState } from './git-state.ts'

/** What git ignores: single files, and folders with a slash at their end. */
export async function listIgnored(root: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']
  return pathsIn(await callPlainGit(args, root, env))
}

/** Files of the tree, and those by which git could run something later. */
export async function listFresh(root: string, git: GitState | undefined, env: NodeJS.ProcessEnv): Promise<string[]> {
  const tree = await listTree(root, env)
  return [...tree, ...(git === undefined ? [] : listSettings(root, git))]
}
