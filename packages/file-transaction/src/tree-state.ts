import { dirname, join } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf, stateFolder } from '@loop-runner/cli-kit'
import { makeFolder } from './durable-file.ts'
import type { FileSystem, Handle } from './file-system.ts'
import { hashOf } from './hash.ts'
import { unfinishedFolder } from './unfinished-folder.ts'

/** What we keep of one working tree, its folders held open. */
export interface TreeState {
  readonly key: string
  /** The tree's own: its lock, the replies that were applied, the versions that they replaced. */
  readonly folder: Handle
  /** Of all trees: the transactions that have not come to their end. */
  readonly unfinished: Handle
  /** The path of `unfinished`. */
  readonly unfinishedPath: string
}

/** What a working tree is called in our state folder, given its absolute path. */
export function keyOf(tree: string): string {
  return hashOf(Buffer.from(tree)).slice(0, 32)
}

/** Where lies what we keep of a working tree, given its absolute path. */
export function treeStatePath(tree: string, env: NodeJS.ProcessEnv): string {
  return join(treesFolder(env), keyOf(tree))
}

/** Whether an absolute path lies where we keep what we need to recover: no reply may write there. */
export function isOurState(path: string, env: NodeJS.ProcessEnv): boolean {
  return [treesFolder(env), unfinishedFolder(env)].some((folder) => `${path}/`.startsWith(`${folder}/`))
}

function treesFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'trees')
}

/**
 * Does something with what we keep of a working tree, making what is not there yet.
 *
 * @throws CommandError (3) where it cannot be read or written
 */
export function withTreeState<T>(
  files: FileSystem,
  key: string,
  env: NodeJS.ProcessEnv,
  use: (state: TreeState) => T,
): T {
  const [path, unfinishedPath] = [join(treesFolder(env), key), unfinishedFolder(env)]
  try {
    return holding(files, path, (folder) =>
      holding(files, unfinishedPath, (unfinished) => use({ key, folder, unfinished, unfinishedPath })),
    )
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`, { cause: error })
  }
}

function holding<T>(files: FileSystem, path: string, use: (folder: Handle) => T): T {
  const folder = openState(files, path)
  try {
    return use(folder)
  } finally {
    files.close(folder)
  }
}

function openState(files: FileSystem, path: string): Handle {
  try {
    return openMaking(files, path)
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    const advice = 'the journal is kept there: make it writable, or set XDG_STATE_HOME'
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (${advice})`, { cause: error })
  }
}

function openMaking(files: FileSystem, path: string): Handle {
  try {
    return files.openRoot(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
  }
  const parent = openMaking(files, dirname(path))
  try {
    makeFolder(files, parent, path.slice(path.lastIndexOf('/') + 1))
  } finally {
    files.close(parent)
  }
  return files.openRoot(path)
}
