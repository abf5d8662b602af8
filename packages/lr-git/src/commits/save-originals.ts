import { join, relative } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { type EarlierVersion, readEarlierVersions } from '@loop-runner/file-transaction'
import {
  type Engine,
  type FileEntry,
  isSame,
  nameObject,
  type PathChange,
  readBoolean,
  readFile,
} from '@loop-runner/git-engine'

/** The versions that replies replaced, by path from the root, newest first; as readEarlierVersions. */
export type Replaced = ReadonlyMap<string, readonly (EarlierVersion | undefined)[]>

/**
 * The versions that lr-apply replaced to bring files to what they are now. Without a journal there are no such versions: another
 * program wrote the files.
 */
export async function readReplaced(engine: Engine, paths: readonly string[], io: Io): Promise<Replaced> {
  const { root, prefix } = engine.repository
  const files = paths.map((path) => ({
    file: join(io.cwd, relative(prefix, path)),
    bytes: readFile(join(root, path)),
  }))
  const versions = await readEarlierVersions(files, io)
  return new Map(paths.map((path, index) => [path, versions.get(files[index]?.file ?? '') ?? []]))
}

/**
 * What files were just before the reply, if no commit has that: changes of the user that were not committed.
 *
 * @param last the file in the last commit
 */
export async function findOriginals(
  engine: Engine,
  paths: readonly string[],
  replaced: Replaced,
  last: (path: string) => FileEntry | undefined,
): Promise<readonly PathChange[]> {
  const originals: PathChange[] = []
  for (const path of paths) {
    const versions = replaced.get(path) ?? []
    const [newest] = versions
    if (!newest || (await isCommitted(engine, path, versions, last(path)))) continue
    const entry = await entryOf(engine, path, newest, last(path))
    if (!isSame(entry, last(path))) originals.push({ path, entry })
  }
  return originals
}

/** Whether a reply, or several of which none is committed, started from the last commit. */
async function isCommitted(
  engine: Engine,
  path: string,
  versions: readonly (EarlierVersion | undefined)[],
  last: FileEntry | undefined,
): Promise<boolean> {
  const isLast = (hash: string | undefined) => hash === last?.hash
  const rawHash = (version: EarlierVersion | undefined) =>
    version && nameObject({ type: 'blob', bytes: version.bytes }, engine.format).hash
  if (versions.some((version) => isLast(rawHash(version)))) return true
  if (!last) return false
  for (const version of versions) {
    if (version && isLast(await engine.storeBytes(path, version.bytes))) return true
  }
  return false
}

async function entryOf(
  engine: Engine,
  path: string,
  { bytes, mode }: EarlierVersion,
  last: FileEntry | undefined,
): Promise<FileEntry> {
  const hash = await engine.storeBytes(path, bytes)
  const isPlain = readBoolean(engine.config, 'core.filemode') === false || mode === undefined
  if (isPlain) return { mode: last?.mode === '100755' ? '100755' : '100644', hash }
  return { mode: (mode & 0o100) === 0 ? '100644' : '100755', hash }
}
