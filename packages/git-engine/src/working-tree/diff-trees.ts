import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { Engine, FileEntry } from '../repository/engine.ts'
import { FOLDER_MODE, type Hash, parseCommit, parseTree, type TreeEntry } from '../repository/git-object.ts'

/** A file that two trees hold differently. */
export interface Difference {
  readonly path: string
  readonly from: FileEntry | undefined
  readonly to: FileEntry | undefined
}

interface Pair {
  /** With a slash at its end; empty at the top. */
  readonly prefix: string
  readonly from: Hash | undefined
  readonly to: Hash | undefined
}

/**
 * The files in which two commits differ, by path; undefined stands for nothing at all. Folders that are the same are
 * not read, and those of one depth are read together.
 *
 * @throws CommandError (3) for a differing file whose name is not UTF-8
 */
export async function diffCommits(
  engine: Engine,
  from: Hash | undefined,
  to: Hash | undefined,
): Promise<readonly Difference[]> {
  const differences: Difference[] = []
  let level: Pair[] = [{ prefix: '', from: await treeOf(engine, from), to: await treeOf(engine, to) }]
  while (level.length > 0) {
    const hashes = [...new Set(level.flatMap((pair) => [pair.from, pair.to]).filter((hash) => hash !== undefined))]
    const objects = await engine.readObjects(hashes)
    const trees = new Map(objects.map(({ bytes }, at) => [hashes[at], parseTree(bytes, engine.format)]))
    const next: Pair[] = []
    for (const { prefix, from: left, to: right } of level) {
      compare(prefix, trees.get(left) ?? [], trees.get(right) ?? [], differences, next)
    }
    level = next
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function treeOf(engine: Engine, commit: Hash | undefined): Promise<Hash | undefined> {
  const [object] = commit === undefined ? [] : await engine.readObjects([commit])
  return object && parseCommit(object.bytes).tree
}

function compare(
  prefix: string,
  from: readonly TreeEntry[],
  to: readonly TreeEntry[],
  differences: Difference[],
  folders: Pair[],
): void {
  const left = new Map(from.map((entry) => [entry.name, entry]))
  const right = new Map(to.map((entry) => [entry.name, entry]))
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [old, young] = [left.get(name), right.get(name)]
    if (old?.hash === young?.hash && old?.mode === young?.mode) continue
    const path = prefix + decodeName(prefix, name)
    const hashOfFolder = (entry: TreeEntry | undefined) => (entry?.mode === FOLDER_MODE ? entry.hash : undefined)
    const file = (entry: TreeEntry | undefined) =>
      entry && entry.mode !== FOLDER_MODE ? { mode: entry.mode, hash: entry.hash } : undefined
    const pair = { prefix: `${path}/`, from: hashOfFolder(old), to: hashOfFolder(young) }
    if (pair.from !== undefined || pair.to !== undefined) folders.push(pair)
    if (file(old) || file(young)) differences.push({ path, from: file(old), to: file(young) })
  }
}

function decodeName(prefix: string, name: string): string {
  const bytes = Buffer.from(name, 'latin1')
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  throw new CommandError(ExitStatus.Failed, `${prefix}${text}: its name is not UTF-8 (change that file yourself)`)
}
