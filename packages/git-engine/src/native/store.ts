import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import {
  type GitObject,
  type Hash,
  type NamedObject,
  parseCommit,
  parseTree,
  SUBMODULE_MODE,
} from '../repository/git-object.ts'
import { crashSafeFs } from './crash-safe-fs.ts'

/** The objects of a repository. */
export interface Store {
  /** @throws CommandError (3) for an object that is not there or is damaged */
  read(hash: Hash): Promise<NamedObject>
  write(objects: readonly GitObject[]): Promise<void>
  /** The full hash that an abbreviated one means; undefined where it means none or several. */
  expand(short: string): Promise<Hash | undefined>
}

/** The objects of a git folder, through isomorphic-git. */
export async function makeStore(gitdir: string): Promise<Store> {
  const { expandOid, readObject, writeObject } = await import('isomorphic-git')
  const common = { fs: crashSafeFs() as never, gitdir, cache: {} }

  async function read(hash: Hash): Promise<NamedObject> {
    try {
      const { type, object } = await readObject({ ...common, oid: hash, format: 'content' })
      return { hash, type: type as GitObject['type'], bytes: Buffer.from(object as Uint8Array) }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CommandError(ExitStatus.Failed, `${hash}: the object cannot be read: ${reason}`, { cause: error })
    }
  }

  async function write(objects: readonly GitObject[]): Promise<void> {
    for (const { type, bytes } of objects) await writeObject({ ...common, type, object: bytes, format: 'content' })
  }

  async function expand(short: string): Promise<Hash | undefined> {
    try {
      return await expandOid({ ...common, oid: short })
    } catch {
      return undefined
    }
  }

  return { read, write, expand }
}

/** As Engine.readPaths. */
export async function readPaths(
  store: Store,
  commit: Hash,
  paths: readonly string[],
): Promise<Map<string, NamedObject>> {
  const root = await store.read(parseCommit((await store.read(commit)).bytes).tree)
  const known = new Map<string, NamedObject | undefined>([['', root]])
  const find = async (path: string): Promise<NamedObject | undefined> => {
    if (known.has(path)) return known.get(path)
    const slash = path.lastIndexOf('/')
    const parent = await find(slash < 0 ? '' : path.slice(0, slash))
    const name = Buffer.from(path.slice(slash + 1)).toString('latin1')
    const entries = parent?.type === 'tree' ? parseTree(parent.bytes, 'sha1') : []
    const entry = entries.find((one) => one.name === name)
    // A submodule's commit is not in this repository.
    const object = entry && entry.mode !== SUBMODULE_MODE ? await store.read(entry.hash) : undefined
    known.set(path, object)
    return object
  }
  const found = new Map<string, NamedObject>()
  for (const path of paths) {
    const object = await find(path)
    if (object) found.set(path, object)
  }
  return found
}

/** As Engine.readHistory. */
export async function readHistory(store: Store, commit: Hash, end: Hash | null, limit: number): Promise<NamedObject[]> {
  const history = await walk(store, commit, end, limit)
  const last = history.at(-1)
  const isMet = end === null || (last !== undefined && parseCommit(last.bytes).parents[0] === end)
  if (isMet || history.length === 0) return history
  // The branch was set back behind `end`, or beside it: the commits after it do not belong to `end`.
  const behind = new Set((await walk(store, end, null, limit)).map(({ hash }) => hash))
  return history.filter(({ hash }) => !behind.has(hash))
}

async function walk(store: Store, commit: Hash, end: Hash | null, limit: number): Promise<NamedObject[]> {
  const history: NamedObject[] = []
  for (let next: Hash | undefined = commit; next !== undefined && next !== end && history.length < limit;) {
    const object = await store.read(next)
    history.push(object)
    next = parseCommit(object.bytes).parents[0]
  }
  return history
}
