import { type BigIntStats, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { FileEntry, LocalChange } from '../repository/engine.ts'
import type { Repository } from '../repository/find-repository.ts'
import { type GitConfig, readBoolean } from '../repository/git-config.ts'
import { FOLDER_MODE, type Hash, nameObject, parseCommit, parseTree, SUBMODULE_MODE } from '../repository/git-object.ts'
import { cachedTree, parseIndex, type StatEntry } from './index-file.ts'
import { readHeadFile, readRefFile } from './refs.ts'
import type { Store } from './store.ts'

/** Tracked files that are changed, staged or in conflict, as Engine.listChanges. Nothing is written. */
export async function listNativeChanges(
  repository: Repository,
  store: Store,
  config: GitConfig,
): Promise<LocalChange[]> {
  const indexFile = join(repository.gitDir, 'index')
  const stat = lstatSync(indexFile, { throwIfNoEntry: false })
  const bytes = stat ? readFileSync(indexFile) : undefined
  const entries = bytes ? parseIndex(bytes) : []
  const { commit } = readHeadFile(repository.gitDir)
  const tree = commit === undefined ? undefined : parseCommit((await store.read(commit)).bytes).tree
  const isWhole = bytes !== undefined && tree !== undefined && cachedTree(bytes) === tree
  const staged = new Set(isWhole ? [] : await listStaged(entries, tree, store))
  const conflicts = new Set(entries.filter(({ stage }) => stage > 0).map(({ path }) => path))
  const withModes = readBoolean(config, 'core.filemode') ?? true
  const changed = entries.filter((entry) => isChanged(repository, entry, stat?.mtimeMs ?? 0, withModes))
  const paths = [...new Set([...staged, ...changed.map(({ path }) => path)])].sort()
  return paths.map((path) => ({ path, staged: staged.has(path), conflict: conflicts.has(path) }))
}

/** Paths whose entries are not those of the last commit. */
async function listStaged(entries: readonly StatEntry[], tree: Hash | undefined, store: Store): Promise<string[]> {
  const committed = tree === undefined ? new Map<string, FileEntry>() : await readWholeTree(tree, store)
  const differing = entries.filter(({ path, mode, hash, stage, intended }) => {
    const old = committed.get(path)
    return !intended && (stage > 0 || old?.hash !== hash || old.mode !== mode)
  })
  const there = new Set(entries.map(({ path }) => path))
  return [...differing.map(({ path }) => path), ...[...committed.keys()].filter((path) => !there.has(path))]
}

async function readWholeTree(root: Hash, store: Store): Promise<Map<string, FileEntry>> {
  const files = new Map<string, FileEntry>()
  const walk = async (hash: Hash, prefix: string): Promise<void> => {
    for (const { mode, name, hash: child } of parseTree((await store.read(hash)).bytes, 'sha1')) {
      const path = prefix + Buffer.from(name, 'latin1').toString()
      if (mode === FOLDER_MODE) await walk(child, `${path}/`)
      else files.set(path, { mode, hash: child })
    }
  }
  await walk(root, '')
  return files
}

/** Whether a file is not as its entry says. */
function isChanged({ root }: Repository, entry: StatEntry, indexMs: number, withModes: boolean): boolean {
  if (entry.skipped) return false
  const file = join(root, entry.path)
  if (entry.mode === SUBMODULE_MODE) return isSubmoduleMoved(file, entry.hash)
  const stat = lstatSync(file, { throwIfNoEntry: false, bigint: true })
  if (!stat || entry.intended || modeOf(stat, withModes ? undefined : entry.mode) !== entry.mode) return true
  if (isAsNoted(stat, entry, indexMs)) return false
  const bytes = stat.isSymbolicLink() ? readlinkSync(file, 'buffer') : readFileSync(file)
  return nameObject({ type: 'blob', bytes }, 'sha1').hash !== entry.hash
}

/** @param known the mode of a regular file, where its permissions do not tell */
function modeOf(stat: BigIntStats, known: string | undefined): string {
  if (stat.isSymbolicLink()) return '120000'
  if (!stat.isFile()) return 'other'
  return known ?? ((stat.mode & 0o100n) === 0n ? '100644' : '100755')
}

/** What was noted of a file is believed where it is older than the index: a change of the same instant cannot be told. */
function isAsNoted(stat: BigIntStats, entry: StatEntry, indexMs: number): boolean {
  const mtime = BigInt(entry.mtimeSeconds) * 1_000_000_000n + BigInt(entry.mtimeNanoseconds)
  return Number(stat.size) === entry.size && stat.mtimeNs === mtime && Number(mtime / 1_000_000n) < Math.floor(indexMs)
}

/** A submodule that is not checked out is not changed. */
function isSubmoduleMoved(folder: string, commit: Hash): boolean {
  const dotGit = join(folder, '.git')
  const stat = lstatSync(dotGit, { throwIfNoEntry: false })
  if (!stat) return false
  const target = stat.isDirectory()
    ? dotGit
    : join(
        folder,
        readFileSync(dotGit, 'utf8')
          .replace(/^gitdir: /, '')
          .trim(),
      )
  const head = readHeadFile(target)
  return (head.ref === undefined ? head.commit : readRefFile(target, head.ref)) !== commit
}
