import { existsSync } from 'node:fs'
import { mayRun, workingTreeOf } from '@loop-runner/cli-kit'
import { type Holder, readLock } from './lock.ts'
import { makeNodeFileSystem } from './node-file-system.ts'
import { keyOf, treeStatePath, withTreeState } from './tree-state.ts'

/**
 * The process that holds a lock of the working tree that a folder belongs to; undefined if no process does.
 *
 * @param lock the name that lockTree was given
 * @throws CommandError (3) if our state cannot be read
 */
export function treeHolder(cwd: string, env: NodeJS.ProcessEnv, lock: string): Holder | undefined {
  const holder = readHolder(cwd, env, lock)
  return holder && mayRun(holder.mark) ? holder : undefined
}

/** The process that held a lock of a working tree when it was killed; undefined if none was, or the lock was taken since. */
export function deadHolder(cwd: string, env: NodeJS.ProcessEnv, lock: string): Holder | undefined {
  const holder = readHolder(cwd, env, lock)
  return holder && !mayRun(holder.mark) ? holder : undefined
}

function readHolder(cwd: string, env: NodeJS.ProcessEnv, lock: string): Holder | undefined {
  const tree = workingTreeOf(cwd)
  if (!existsSync(treeStatePath(tree, env))) return undefined
  const files = makeNodeFileSystem()
  return withTreeState(files, keyOf(tree), env, ({ folder }) => readLock(files, folder, lock))
}
