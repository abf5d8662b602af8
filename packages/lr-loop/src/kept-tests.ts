import { statSync } from 'node:fs'
import { join, normalize, relative, resolve } from 'node:path'
import { listSources, makeProtection, makeRoles } from '@loop-runner/source-files'

/** Of the sources, those that are folders of tests: they are shown, and no reply may change a file in them. */
export function testFoldersOf(sources: readonly string[], cwd: string): string[] {
  const protection = makeProtection([], [])
  return sources.filter(
    (source) => isFolder(source, cwd) && protection(join(relative(cwd, resolve(cwd, source)), 'x')) !== undefined,
  )
}

/** The folders of tests, each with a slash at its end, and the tests in other folders: those that no source names stay. */
export async function keptTestsOf(sources: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const testFolders = testFoldersOf(sources, cwd)
  const folders = sources.filter((source) => isFolder(source, cwd) && !testFolders.includes(source))
  const named = new Set(sources.map((source) => normalize(relative(cwd, resolve(cwd, source)))))
  const rolesOf = makeRoles()
  const files = folders.length === 0 ? [] : await listSources(folders, cwd, env)
  const tests = files.filter((path) => rolesOf(path).has('test') && !named.has(path))
  return [...testFolders.map((folder) => folder.replace(/\/*$/, '/')), ...tests]
}

function isFolder(source: string, cwd: string): boolean {
  return statSync(resolve(cwd, source), { throwIfNoEntry: false })?.isDirectory() === true
}
