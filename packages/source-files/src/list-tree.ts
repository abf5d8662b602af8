import { listByGit } from './list-by-git.ts'
import { listByWalk } from './list-by-walk.ts'

/**
 * All names below `cwd`, relative to it: what git lists, tracked or not, but not what is ignored; without git, what no
 * .gitignore excludes. Links are among them, and tracked files that are gone.
 */
export async function listTree(cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  return (await listByGit('.', cwd, env)) ?? (await listByWalk('.', cwd))
}
