import { listNames } from './list-names.ts'

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--']

/** What git lists in a folder: tracked and untracked files, not the ignored ones. Undefined outside a repository or without git. */
export async function listByGit(folder: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  const { status, names } = await listNames({ args: [...LIST, `:(literal)${folder}`], cwd, env })
  if (status !== 0) return undefined
  // A nested repository that is not tracked is listed as its folder; an unmerged file is listed once a side.
  return [...new Set(names)].filter((name) => !name.endsWith('/'))
}
