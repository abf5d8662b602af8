import type { IndexEntry, PathChange } from './engine.ts'
import type { ObjectFormat } from './git-object.ts'
import type { Git } from './git-program.ts'

/** More paths than this are not named on a command line, whose length the system limits. */
const MOST_ARGUMENTS = 500

/**
 * The entries of paths in the index.
 *
 * @param env names another index than the repository's
 */
export async function readIndex(git: Git, paths: readonly string[], env = {}): Promise<IndexEntry[]> {
  const named = paths.length > MOST_ARGUMENTS ? [] : ['--', ...paths]
  const { stdout } = await git(['ls-files', '-s', '-z', ...named], { env })
  const entries = stdout.toString().split('\0').flatMap(parseIndexLine)
  const wanted = new Set(paths)
  // A folder's name gives what is in it, too.
  return entries.filter(({ path }) => wanted.has(path))
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
