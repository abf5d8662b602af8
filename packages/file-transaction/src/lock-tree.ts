import { processMark, workingTreeOf } from '@loop-runner/cli-kit'
import { removeIfThere } from './durable-file.ts'
import { takeLock } from './lock.ts'
import { makeNodeFileSystem } from './node-file-system.ts'
import { keyOf, withTreeState } from './tree-state.ts'

/**
 * Takes a lock of the working tree that a folder belongs to, for longer than a reply takes to write.
 *
 * @param lock its name; no other lock is touched
 * @param who takes it, in words
 * @returns gives it back
 * @throws TreeLocked naming who holds it · CommandError (3) where it cannot be written
 */
export function lockTree(cwd: string, env: NodeJS.ProcessEnv, lock: string, who: string): () => void {
  const files = makeNodeFileSystem()
  const key = keyOf(workingTreeOf(cwd))
  const holder = { mark: processMark(), who, since: new Date().toISOString() }
  withTreeState(files, key, env, ({ folder }) => takeLock(files, folder, lock, holder))
  return () => withTreeState(files, key, env, ({ folder }) => removeIfThere(files, folder, lock))
}
