import { statSync } from 'node:fs'
import { join } from 'node:path'
import { copyIndex } from '../git-program/copy-index.ts'
import { replaceDurably } from './durable-file.ts'
import { type Engine, type FileEntry, isSame, type PathChange } from '../repository/engine.ts'
import { type IndexPlan, scratchFolder } from './journal.ts'

/** Makes the next index beside the real one, which is locked by us; undefined where nothing of it changes. */
export async function prepareIndex(engine: Engine, changes: readonly PathChange[]): Promise<IndexPlan | undefined> {
  if (changes.length === 0) return undefined
  const last = new Map(changes.map(({ path, entry }) => [path, entry]))
  const [before] = await Promise.all([readEntries(engine, [...last.keys()]), remakeIndex(engine, changes)])
  const moves = [...last].map(([path, to]) => ({ path, from: before.get(path), to }))
  return { madeFrom: identifyIndex(engine), moves }
}

/**
 * Puts the next index in its place. If the real one was written since, as any `git status` does, ours is made
 * again from it; what was staged stays.
 */
export async function placeIndex(engine: Engine, { madeFrom, moves }: IndexPlan): Promise<void> {
  if (madeFrom !== identifyIndex(engine)) {
    const now = await readEntries(
      engine,
      moves.map(({ path }) => path),
    )
    const changes = moves.filter(({ path, from, to }) => !isSame(from, to) && isSame(now.get(path), from))
    if (changes.length === 0) return
    await remakeIndex(
      engine,
      changes.map(({ path, to }) => ({ path, entry: to })),
    )
  }
  replaceDurably(join(scratchFolder(engine), 'index'), join(engine.repository.gitDir, 'index'))
}

async function remakeIndex(engine: Engine, changes: readonly PathChange[]): Promise<void> {
  const copy = join(scratchFolder(engine), 'index')
  copyIndex(engine.repository.gitDir, copy)
  await engine.makeIndex(changes, copy)
}

async function readEntries(engine: Engine, paths: readonly string[]): Promise<Map<string, FileEntry>> {
  const entries = await engine.readIndex(paths)
  return new Map(entries.map(({ path, mode, hash }) => [path, { mode, hash }]))
}

/** Tells one state of the index from another. */
function identifyIndex({ repository }: Engine): string {
  const stat = statSync(join(repository.gitDir, 'index'), { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : 'none'
}
