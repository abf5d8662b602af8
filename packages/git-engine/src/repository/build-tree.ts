import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { FileEntry, PathChange } from './engine.ts'
import {
  FOLDER_MODE,
  SUBMODULE_MODE,
  type Hash,
  nameObject,
  type NamedObject,
  type ObjectFormat,
  parseTree,
  type TreeEntry,
  writeTree,
} from './git-object.ts'
import { ancestorsOf } from '../working-tree/tree-path.ts'

/** The folders of a commit that some paths lie in, by path; the empty path is the top. What is not there is not held. */
export type Folders = ReadonlyMap<string, readonly TreeEntry[]>

/** A changed tree, and the objects that it takes. */
export interface BuiltTree {
  readonly root: Hash
  readonly folders: Folders
  readonly objects: readonly NamedObject[]
}

/** The folders that hold these paths, the top among them. */
export function foldersOf(paths: readonly string[]): string[] {
  return [...new Set(['', ...paths.flatMap(ancestorsOf)])]
}

/**
 * Reads the objects at the paths of foldersOf.
 *
 * @param wanted the paths that were asked for
 * @throws CommandError (3) for one that a folder names and the repository does not have, as in a partial clone: taken for
 *   nothing, all that is in it would be lost
 */
export function parseFolders(
  objects: ReadonlyMap<string, NamedObject>,
  wanted: readonly string[],
  format: ObjectFormat,
): Folders {
  const trees = [...objects].filter(([, { type }]) => type === 'tree')
  const folders = new Map(trees.map(([path, { bytes }]) => [path, parseTree(bytes, format)]))
  for (const path of wanted) {
    const [folder, name] = splitPath(path)
    const isNamed = folders.get(folder)?.some((entry) => entry.name === name && entry.mode !== SUBMODULE_MODE) ?? false
    if (objects.has(path) || !(isNamed || path === '')) continue
    const remedy = `git cat-file -e 'HEAD:${path}' fetches it where this is a partial clone`
    throw new CommandError(
      ExitStatus.Failed,
      `${path}: in the last commit, but its object is missing from the repository (${remedy})`,
    )
  }
  return folders
}

/** The entry of a file. */
export function findEntry(folders: Folders, path: string): FileEntry | undefined {
  const [folder, name] = splitPath(path)
  const entry = folders.get(folder)?.find((one) => one.name === name)
  return entry && entry.mode !== FOLDER_MODE ? { mode: entry.mode, hash: entry.hash } : undefined
}

/**
 * The tree that comes of changes to files. A folder that becomes empty is left out.
 *
 * @throws CommandError (3) for a path below a file or a submodule, and for one that is a folder
 */
export function buildTree(folders: Folders, changes: readonly PathChange[], format: ObjectFormat): BuiltTree {
  const next = new Map(folders)
  for (const { path, entry } of changes) setEntry(next, path, entry && { ...entry, name: splitPath(path)[1] })
  const objects: NamedObject[] = []
  // The deepest folder first, so that each is whole when its parent takes its name.
  const touched = foldersOf(changes.map(({ path }) => path)).sort((a, b) => b.length - a.length)
  let root = ''
  for (const folder of touched) {
    const entries = next.get(folder) ?? []
    const tree = nameObject({ type: 'tree', bytes: writeTree(entries) }, format)
    if (folder === '') root = tree.hash
    if (entries.length > 0 || folder === '') objects.push(tree)
    if (folder === '') continue
    const [, name] = splitPath(folder)
    setEntry(next, folder, entries.length === 0 ? undefined : { mode: FOLDER_MODE, name, hash: tree.hash })
    if (entries.length === 0) next.delete(folder)
  }
  return { root, folders: next, objects }
}

function setEntry(folders: Map<string, readonly TreeEntry[]>, path: string, entry: TreeEntry | undefined): void {
  const [folder, name] = splitPath(path)
  const entries = folders.get(folder) ?? []
  const old = entries.find((one) => one.name === name)
  const stays = old !== undefined && entry !== undefined && (old.mode === FOLDER_MODE) !== (entry.mode === FOLDER_MODE)
  if (stays || old?.mode === SUBMODULE_MODE) {
    const what = old.mode === SUBMODULE_MODE ? 'a submodule' : old.mode === FOLDER_MODE ? 'a folder' : 'a file'
    throw new CommandError(ExitStatus.Failed, `${path}: is ${what} in the last commit (commit that change by hand)`)
  }
  const others = entries.filter((one) => one.name !== name)
  folders.set(folder, entry ? [...others, entry] : others)
}

/** Folder and name; the name byte by byte (latin1), as trees hold it. */
export function splitPath(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  return [slash < 0 ? '' : path.slice(0, slash), Buffer.from(name).toString('latin1')]
}
