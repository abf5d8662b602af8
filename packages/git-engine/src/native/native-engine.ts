import { join } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { writeDurably } from '../transaction/durable-file.ts'
import type { Engine, Step } from '../repository/engine.ts'
import type { Repository } from '../repository/find-repository.ts'
import type { GitConfig } from '../repository/git-config.ts'
import { nameObject, writeCommit } from '../repository/git-object.ts'
import { readIdentity, writeDate } from '../repository/identity.ts'
import { concerns } from '../working-tree/in-the-way.ts'
import { branchOf } from '../repository/branch-of.ts'
import { readFile } from '../working-tree/working-file.ts'
import { refuseConverted } from './attributes.ts'
import { changeIndex, IndexError, parseIndex, type StatEntry } from './index-file.ts'
import { listNativeChanges } from './list-changes.ts'
import { probeRepository } from './probe.ts'
import { readNativeConfig } from './read-config.ts'
import { accountName, findRefBelow, moveHead, moveRef, readHeadFile, readRefFile } from './refs.ts'
import { makeStore, readHistory, readPaths, type Store } from './store.ts'
import { resolveRevision } from './resolve-revision.ts'

/**
 * The engine that needs no git: isomorphic-git reads and writes objects, on a file system that survives a kill; refs,
 * reflogs, index and configuration are read and written here, as git does it.
 *
 * @throws CommandError (3) naming what of the repository it does not understand
 */
export async function openNativeEngine(repository: Repository, io: Io): Promise<Engine> {
  const { root, gitDir } = repository
  const config = readNativeConfig(repository, branchOf(readHeadFile(gitDir)), io.env)
  probeRepository(repository, config)
  readIndexFile(repository)
  const store = await makeStore(gitDir)
  const refuse = (what: string) => async () => {
    throw new CommandError(ExitStatus.Failed, `${what} (install git)`)
  }
  return {
    name: 'native',
    repository,
    format: 'sha1',
    config,
    signs: false,
    readHead: async () => readHeadFile(gitDir),
    readRef: async (ref) => readRefFile(gitDir, ref),
    findRefBelow: async (ref) => findRefBelow(gitDir, ref),
    resolveCommit: (revision) => resolveRevision(gitDir, store, revision),
    readPaths: (commit, paths) => readPaths(store, commit, paths),
    readObjects: (hashes) => Promise.all(hashes.map((hash) => store.read(hash))),
    readHistory: (commit, end, limit) => readHistory(store, commit, end, limit),
    readIndex: async (paths) => {
      const isConcerned = concerns(paths)
      return readIndexFile(repository).filter(({ path }) => isConcerned(path))
    },
    listChanges: () => listNativeChanges(repository, store, config),
    ...filesOf(repository, config, store, io.env),
    writeObjects: (objects) => store.write(objects),
    sealCommit: async (commit) => nameObject({ type: 'commit', bytes: writeCommit(commit) }, 'sha1'),
    makeIndex: async (changes, target) => writeDurably(target, changeIndex(readFile(target), changes)),
    makeTreeIndex: refuse('--hooks: native runs none'),
    linkedTrees: () => {
      throw new CommandError(
        ExitStatus.Failed,
        `${root}: the native engine cannot create linked working trees (install git)`,
      )
    },
    takeStep: (step: Step, reason: string) => {
      const who = nameForLog(io, config)
      return 'head' in step ? moveHead(gitDir, step, reason, who) : moveRef(gitDir, step, reason, who)
    },
  }
}

/** Files of the working tree, in and out, as they are: what git would convert is refused. */
function filesOf(
  repository: Repository,
  config: GitConfig,
  store: Store,
  env: NodeJS.ProcessEnv,
): Pick<Engine, 'checkAttributes' | 'readCheckouts' | 'storeFiles' | 'storeBytes'> {
  const never = () => false
  const contentOf = (path: string) => readFile(join(repository.root, path)) ?? Buffer.alloc(0)
  return {
    checkAttributes: async (paths) => {
      const onTheWayIn = (path: string) => contentOf(path).includes('\r')
      refuseConverted(repository, config, env, paths, { onTheWayIn, onTheWayOut: never })
    },
    readCheckouts: async (files) => {
      const contents = new Map<string, Buffer>()
      for (const { path, hash } of files) contents.set(path, (await store.read(hash)).bytes)
      const onTheWayOut = (path: string) => contents.get(path)?.includes('\n') === true
      refuseConverted(repository, config, env, [...contents.keys()], { onTheWayIn: never, onTheWayOut })
      return [...contents.values()]
    },
    storeFiles: async (paths) => {
      const blobs = paths.map((path) => nameObject({ type: 'blob', bytes: contentOf(path) }, 'sha1'))
      await store.write(blobs)
      return blobs.map(({ hash }) => hash)
    },
    storeBytes: async (_path, bytes) => {
      const blob = nameObject({ type: 'blob', bytes }, 'sha1')
      await store.write([blob])
      return blob.hash
    },
  }
}

/** @throws CommandError (3) for an index of a kind that native does not read */
function readIndexFile({ root, gitDir }: Repository): StatEntry[] {
  const bytes = readFile(join(gitDir, 'index'))
  try {
    return bytes ? parseIndex(bytes) : []
  } catch (error) {
    if (!(error instanceof IndexError)) throw error
    throw new CommandError(
      ExitStatus.Failed,
      `${root}: ${error.message}, which the native engine does not support (install git)`,
    )
  }
}

/** As a reflog names who moved a ref: the committer, or the account where none is configured. */
function nameForLog(io: Io, config: GitConfig): string {
  const now = new Date()
  try {
    return readIdentity(io.env, config, now).committer
  } catch {
    return `${accountName()} ${writeDate(now)}`
  }
}
