import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { IndexEntry } from '../repository/engine.ts'
import { ancestorsOf } from './tree-path.ts'

/**
 * Tells which entries of an index matter where these paths change: their own, and those that cannot be beside them,
 * a file where a path has a folder and files below a path.
 */
export function concerns(paths: readonly string[]): (entry: string) => boolean {
  const wanted = new Set(paths)
  const above = new Set(paths.flatMap(ancestorsOf))
  return (entry) => wanted.has(entry) || above.has(entry) || ancestorsOf(entry).some((folder) => wanted.has(folder))
}

/**
 * Refuses paths that would displace an entry of the index: it is the user's work, and would be lost.
 *
 * @param index what `concerns` told
 * @throws CommandError (3) naming the entry
 */
export function refuseInTheWay(index: readonly IndexEntry[], paths: readonly string[]): void {
  const own = new Set(paths)
  const other = index.find(({ path }) => !own.has(path))
  if (!other) return
  const path = paths.find((one) => one.startsWith(`${other.path}/`) || other.path.startsWith(`${one}/`)) ?? ''
  throw new CommandError(
    ExitStatus.Failed,
    `${other.path}: is in the index and conflicts with ${path} (commit that change yourself, or unstage it)`,
  )
}
