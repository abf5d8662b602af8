import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { Difference } from './diff-trees.ts'
import { type Engine, type IndexEntry, isSame } from '../repository/engine.ts'
import { readBoolean } from '../repository/git-config.ts'
import { refuseInTheWay } from './in-the-way.ts'
import { treePath } from './tree-path.ts'
import { keepModes, readWorkingEntries } from './working-entries.ts'
import { type FileChange, readFile } from './working-file.ts'

/**
 * What the working tree changes by where files go from one version to another.
 *
 * @throws CommandError (3) for a file that is not as it is committed, for links and submodules, and for a path that no
 *   commit of ours could hold: a commit made by another program may
 */
export async function planFiles(engine: Engine, moves: readonly Difference[]): Promise<readonly FileChange[]> {
  const { root } = engine.repository
  for (const { path, from, to } of moves) {
    treePath(root, '', path)
    const isOther = [from, to].some((entry) => entry !== undefined && !entry.mode.startsWith('100'))
    if (isOther) throw new CommandError(ExitStatus.Failed, `${path}: not a regular file (change it yourself)`)
  }
  await refuseChanged(engine, moves)
  const withModes = readBoolean(engine.config, 'core.filemode') !== false
  const arriving = moves.flatMap(({ path, to }) =>
    to ? [{ path, hash: to.hash, executable: withModes ? to.mode === '100755' : undefined }] : [],
  )
  const contents = await engine.readCheckouts(arriving)
  const after = new Map(
    arriving.map(({ path, executable }, index) => [path, { bytes: contents[index] ?? Buffer.alloc(0), executable }]),
  )
  return moves.map(({ path }) => ({ path, before: readFile(join(root, path)), after: after.get(path) }))
}

async function refuseChanged(engine: Engine, moves: readonly Difference[]): Promise<void> {
  const { entries } = await readWorkingEntries(
    engine,
    moves.map(({ path }) => path),
  )
  for (const [index, { path, from }] of moves.entries()) {
    const [now] = keepModes(engine, [{ path, entry: entries[index]?.entry }], () => from)
    if (!isSame(now?.entry, from)) {
      throw new CommandError(ExitStatus.Failed, `${path}: has changes that are not committed (commit them first)`)
    }
  }
}

/**
 * Refuses moves of files whose entries in the index are not those of the last commit.
 *
 * @throws CommandError (3) naming the path
 */
export async function refuseStagedMoves(engine: Engine, moves: readonly Difference[]): Promise<void> {
  const paths = moves.map(({ path }) => path)
  const entries = await engine.readIndex(paths)
  refuseInTheWay(entries, paths)
  const index = new Map<string, IndexEntry>()
  for (const entry of entries) index.set(entry.path, entry)
  for (const { path, from } of moves) {
    const entry = index.get(path)
    if (!isSame(entry, from) || (entry?.stage ?? 0) > 0) {
      throw new CommandError(ExitStatus.Failed, `${path}: you have staged another version (commit or unstage it first)`)
    }
  }
}
