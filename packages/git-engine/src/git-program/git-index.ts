import type { IndexEntry, PathChange } from '../repository/engine.ts'
import type { ObjectFormat } from '../repository/git-object.ts'
import type { Git } from './git-program.ts'
import { concerns } from '../working-tree/in-the-way.ts'
import { ancestorsOf } from '../working-tree/tree-path.ts'

/** More paths than this are not named on a command line, whose length the system limits. */
const MOST_ARGUMENTS = 500

/** The entries of the index that matter to paths, as Engine.readIndex. */
export async function readIndex(git: Git, paths: readonly string[]): Promise<IndexEntry[]> {
  const folders = [...new Set(paths.flatMap(ancestorsOf))]
  const [found, files] = await Promise.all([listEntries(git, paths), findFiles(git, folders)])
  const entries = files.length === 0 ? found : [...found, ...(await listEntries(git, files))]
  const isConcerned = concerns(paths)
  return entries.filter(({ path }) => isConcerned(path))
}

/**
 * The entries of paths and of what lies below them.
 *
 * @param env names another index than the repository's
 */
export async function listEntries(git: Git, paths: readonly string[], env = {}): Promise<IndexEntry[]> {
  const named = paths.length > MOST_ARGUMENTS ? [] : ['--', ...paths]
  const { stdout } = await git(['ls-files', '-s', '-z', ...named], { env })
  return stdout.toString().split('\0').flatMap(parseIndexLine)
}

/** Those of some names of folders that are files in the index. Listing a folder would list all that is in it. */
async function findFiles(git: Git, folders: readonly string[]): Promise<string[]> {
  if (folders.length === 0) return []
  const { stdout } = await git(['cat-file', '--batch-check'], { stdin: folders.map((one) => `:0:${one}\n`).join('') })
  const lines = stdout.toString().split('\n')
  return folders.filter((folder, at) => lines[at] !== `:0:${folder} missing`)
}

function parseIndexLine(line: string): IndexEntry[] {
  const [, mode, hash, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? []
  if (mode === undefined || hash === undefined || path === undefined) return []
  return [{ path, mode, hash, stage: Number(stage) }]
}

/** As Engine.makeIndex. */
export async function makeIndex(
  git: Git,
  changes: readonly PathChange[],
  target: string,
  format: ObjectFormat,
): Promise<void> {
  const none = '0'.repeat(format === 'sha1' ? 40 : 64)
  const lines = changes.map(({ path, entry }) => `${entry?.mode ?? '0'} ${entry?.hash ?? none}\t${path}\0`)
  await git(['update-index', '-z', '--index-info'], { stdin: lines.join(''), env: { GIT_INDEX_FILE: target } })
}
