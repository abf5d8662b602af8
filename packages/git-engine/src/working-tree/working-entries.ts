import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import type { Engine, FileEntry, PathChange } from '../repository/engine.ts'
import { readBoolean } from '../repository/git-config.ts'
import { nameObject, type NamedObject } from '../repository/git-object.ts'

/** Files of the working tree as a commit would hold them. */
export interface WorkingEntries {
  readonly entries: readonly PathChange[]
  /** What is not stored yet. */
  readonly objects: readonly NamedObject[]
}

/**
 * Reads files as `git add` would; one that is not there has no entry.
 *
 * @throws CommandError (3) for a folder, a device and the like, and for a file that a filter would change
 */
export async function readWorkingEntries(engine: Engine, paths: readonly string[]): Promise<WorkingEntries> {
  const kinds = new Map(paths.map((path) => [path, kindOf(join(engine.repository.root, path), path)]))
  const files = paths.filter((path) => kinds.get(path) === 'file' || kinds.get(path) === 'executable')
  const stored = engine.storeFiles(files)
  // Both at once, but what an attribute forbids is the better reason.
  const [refused] = await Promise.allSettled([engine.checkAttributes(files), stored])
  if (refused.status === 'rejected') throw refused.reason
  const hashes = await stored
  const hashOf = new Map(files.map((path, index) => [path, hashes[index] ?? '']))
  const links = new Map(
    paths.filter((path) => kinds.get(path) === 'link').map((path) => [path, readLink(engine, path)]),
  )
  const entries = paths.map((path): PathChange => {
    const hash = hashOf.get(path)
    if (hash !== undefined)
      return { path, entry: { mode: kinds.get(path) === 'executable' ? '100755' : '100644', hash } }
    const link = links.get(path)
    return { path, entry: link && { mode: '120000', hash: link.hash } }
  })
  return { entries, objects: [...links.values()] }
}

/** Gives files the mode that they have in the last commit, where the repository says that its file system has none. */
export function keepModes(
  { config }: Engine,
  entries: readonly PathChange[],
  last: (path: string) => FileEntry | undefined,
): readonly PathChange[] {
  if (readBoolean(config, 'core.filemode') !== false) return entries
  return entries.map(({ path, entry }) => {
    if (entry === undefined || entry.mode === '120000') return { path, entry }
    const mode = last(path)?.mode === '100755' ? '100755' : '100644'
    return { path, entry: { ...entry, mode } }
  })
}

function kindOf(file: string, path: string): 'file' | 'executable' | 'link' | 'missing' {
  const stat = statBelowFolders(file, path)
  if (!stat) return 'missing'
  if (stat.isSymbolicLink()) return 'link'
  if (!stat.isFile()) throw new CommandError(ExitStatus.Failed, `${path}: is not a file (commit that change by hand)`)
  return (stat.mode & 0o100) === 0 ? 'file' : 'executable'
}

function statBelowFolders(file: string, path: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })
  } catch (error) {
    if (errorCode(error) !== 'ENOTDIR') throw error
    throw new CommandError(ExitStatus.Failed, `${path}: is below a file (move that file first)`)
  }
}

function readLink({ repository, format }: Engine, path: string): NamedObject {
  return nameObject({ type: 'blob', bytes: readlinkSync(join(repository.root, path), 'buffer') }, format)
}
