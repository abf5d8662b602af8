import { join } from 'node:path'
import { listNames } from './list-names.ts'
import { readIgnoreFile } from './read-ignore-file.ts'

/**
 * Which of these paths, relative to `cwd`, git ignores; tracked files are never ignored. Outside a repository or without
 * git: those that a .gitignore on the way to them excludes. The files need not be there.
 */
export async function listIgnored(
  paths: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set()
  const request = { args: ['check-ignore', '-z', '--stdin'], cwd, env, stdin: `${paths.join('\0')}\0` }
  const { status, names } = await listNames(request)
  // 1: none of them.
  return status === 0 || status === 1 ? new Set(names) : listByRules(paths, cwd)
}

async function listByRules(paths: readonly string[], cwd: string): Promise<ReadonlySet<string>> {
  const { default: makeIgnore } = await import('ignore')
  return new Set(paths.filter((path) => foldersOf(path).some((folder) => isExcludedIn(folder, path))))

  function isExcludedIn(folder: string, path: string): boolean {
    try {
      const rules = readIgnoreFile(join(cwd, folder))
      return makeIgnore({ ignorecase: false }).add(rules).ignores(path.slice(folder.length))
    } catch {
      return false
    }
  }
}

/** The folders on the way to a path, each with a slash, from the root (empty) on. */
function foldersOf(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, length) =>
    parts
      .slice(0, length)
      .map((part) => `${part}/`)
      .join(''),
  )
}
