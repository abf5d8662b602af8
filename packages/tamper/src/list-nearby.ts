import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join, relative, resolve } from 'node:path'

/** Files that tools find although git does not list them. Paths are relative to the searched folder. */
export interface Nearby {
  /** Files in the folders that were looked into. */
  readonly beside: readonly string[]
  /** Files at the top of other folders in them: of those nothing is listed. */
  readonly hidden: readonly string[]
  /** Installed packages of Node, by their `package.json` or link, and programs in folders that are searched for programs. */
  readonly installed: readonly string[]
}

/** @param folders relative to `cwd`; their subfolders are searched only if they are also in the list */
export function listNearby(folders: ReadonlySet<string>, cwd: string, env: NodeJS.ProcessEnv): Nearby {
  const beside: string[] = []
  const hidden: string[] = []
  const installed = listPrograms(cwd, env)
  for (const folder of folders) {
    for (const entry of entriesOf(folder, cwd)) {
      const path = join(folder, entry.name)
      if (!entry.isDirectory()) beside.push(path)
      else if (entry.name === 'node_modules') installed.push(...packagesIn(path, cwd))
      else if (existsSync(join(cwd, path, 'pyvenv.cfg'))) beside.push(...modulesIn(path, cwd))
      else if (!folders.has(path)) hidden.push(...filesIn(path, cwd))
    }
  }
  return { beside, hidden, installed }
}

/** The folders that paths lie in, up to the one that they are relative to. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set(['.'])
  for (const path of paths) {
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  return folders
}

/** The folders for a project's own programs, and the folders of PATH inside the tree. */
function listPrograms(cwd: string, env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(delimiter).map((folder) => relative(cwd, resolve(cwd, folder)))
  const inTree = onPath.filter((folder) => folder !== '' && !folder.startsWith('..'))
  const folders = new Set(['node_modules/.bin', '.venv/bin', 'venv/bin', ...inTree])
  return [...folders].flatMap((folder) => filesIn(folder, cwd))
}

function packagesIn(folder: string, cwd: string): string[] {
  return entriesOf(folder, cwd).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.')) return []
    if (entry.isSymbolicLink()) return [path]
    return entry.name.startsWith('@') ? packagesIn(path, cwd) : [join(path, 'package.json')]
  })
}

/** Files at the top level of a virtual environment's modules: some of them run whenever Python starts. */
function modulesIn(environment: string, cwd: string): string[] {
  const library = join(environment, 'lib')
  return entriesOf(library, cwd).flatMap(({ name }) => filesIn(join(library, name, 'site-packages'), cwd))
}

function filesIn(folder: string, cwd: string): string[] {
  return entriesOf(folder, cwd).flatMap((entry) => (entry.isDirectory() ? [] : [join(folder, entry.name)]))
}

/** None where there is no such folder, or it cannot be read. */
function entriesOf(folder: string, cwd: string): Dirent[] {
  try {
    return readdirSync(join(cwd, folder), { withFileTypes: true })
  } catch {
    return []
  }
}
