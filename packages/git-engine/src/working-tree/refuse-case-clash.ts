import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { type Folders, splitPath } from '../repository/build-tree.ts'
import type { Engine, PathChange } from '../repository/engine.ts'
import { readBoolean } from '../repository/git-config.ts'
import { ancestorsOf } from './tree-path.ts'

/**
 * Refuses a new name that differs from a committed one, or from another new one, in case only, where the repository says
 * that its file system does not tell them apart (`core.ignoreCase`): both would be one file there.
 *
 * @throws CommandError (3) naming both
 */
export function refuseCaseClash({ config }: Engine, folders: Folders, changes: readonly PathChange[]): void {
  if (readBoolean(config, 'core.ignorecase') !== true) return
  const removed = new Set(changes.flatMap(({ path, entry }) => (entry ? [] : [path])))
  const added = new Map<string, string>()
  for (const { path } of changes.filter(({ entry }) => entry)) {
    for (const place of [...ancestorsOf(path), path]) {
      const other = findOther(folders, place) ?? added.get(fold(place))
      if (other !== undefined && other !== place && !removed.has(other)) {
        throw new CommandError(ExitStatus.Failed, `${place}: differs from ${other} only in case (use that name)`)
      }
      added.set(fold(place), place)
    }
  }
}

/** What a commit has of that name in another case, where it has not the name itself. */
function findOther(folders: Folders, path: string): string | undefined {
  const [folder, name] = splitPath(path)
  const entries = folders.get(folder) ?? []
  if (entries.some((entry) => entry.name === name)) return undefined
  const other = entries.find((entry) => fold(entry.name) === fold(name))?.name
  return other === undefined
    ? undefined
    : path.slice(0, path.lastIndexOf('/') + 1) + Buffer.from(other, 'latin1').toString()
}

/** As git does it, for ASCII letters only. */
function fold(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
