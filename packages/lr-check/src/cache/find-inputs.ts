import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { listSources, namesIn } from '@loop-runner/source-files'
import picomatch from 'picomatch'
import { projectFolders } from '@loop-runner/checkers'

/** Where inputs are looked for. */
interface Place {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * The files beside its sources on which a result depends, as absolute paths, sorted. A pattern without a slash means files
 * of such a name in the folders of the sources and in those above them, up to the root of the repository; `~/…` is
 * seen from the home folder; any other pattern means files of the tree.
 */
export async function findInputs(
  patterns: readonly string[],
  files: readonly string[],
  { cwd, env }: Place,
): Promise<string[]> {
  const found = new Set<string>()
  const inHome = patterns.filter((pattern) => pattern.startsWith('~/'))
  for (const pattern of inHome) found.add(join(env['HOME'] || '/', pattern.slice(2)))
  const names = patterns.filter((pattern) => !pattern.includes('/'))
  for (const path of namedAbove(names, files, cwd)) found.add(path)
  const inTree = patterns.filter((pattern) => pattern.includes('/') && !inHome.includes(pattern))
  if (inTree.length > 0) {
    const isMatch = picomatch(inTree, { dot: true })
    const all = await listSources(['.'], cwd, env)
    for (const path of all.filter((file) => isMatch(file))) found.add(join(cwd, path))
  }
  return [...found].sort()
}

function namedAbove(names: readonly string[], files: readonly string[], cwd: string): string[] {
  if (names.length === 0) return []
  const isMatch = picomatch([...names], { dot: true })
  const folders = new Set(projectFolders(cwd))
  for (const file of files) for (const folder of foldersBetween(dirname(resolve(cwd, file)), cwd)) folders.add(folder)
  return [...folders].flatMap((folder) =>
    namesIn(folder)
      .filter((name) => isMatch(name))
      .map((name) => join(folder, name)),
  )
}

/** A folder inside `cwd`, and those above it up to `cwd`. */
function foldersBetween(folder: string, cwd: string): string[] {
  const way = relative(cwd, folder)
  if (way === '' || way.startsWith('..') || isAbsolute(way)) return []
  return [folder, ...foldersBetween(dirname(folder), cwd)]
}
