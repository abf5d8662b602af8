import { listNames } from './list-names.ts'

/** Which of these paths, relative to `cwd`, git does not track. Undefined outside a repository or without git. */
export async function listUntracked(
  paths: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string[] | undefined> {
  const { status, names } = await listNames({ args: ['ls-files', '-z', '--cached'], cwd, env })
  if (status !== 0) return undefined
  const tracked = new Set(names)
  return paths.filter((path) => !tracked.has(path))
}

/** The folders of all working trees of the repository that `cwd` lies in. None outside a repository or without git. */
export async function listWorktrees(cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const { names } = await listNames({ args: ['worktree', 'list', '--porcelain', '-z'], cwd, env })
  return names.flatMap((line) => /^worktree (.+)$/s.exec(line)?.[1] ?? [])
}
