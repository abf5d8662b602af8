import { processMark } from '@loop-runner/cli-kit'
import type { FileSystem } from './file-system.ts'
import { Journal } from './journal.ts'
import { isHeld, takeLock } from './lock.ts'
import { withTreeState } from './tree-state.ts'

const LOCK = 'lock'

/** A working tree, and who locks it. */
export interface LockRequest {
  /** The tree's key. */
  readonly key: string
  readonly env: NodeJS.ProcessEnv
  /** Who takes the lock, in words. */
  readonly who: string
}

/**
 * Does something with a working tree's journal while no other of our processes writes to the tree.
 *
 * @throws CommandError (3) where something cannot be written · TreeLocked
 */
export function withLockedJournal<T>(
  files: FileSystem,
  { key, env, who }: LockRequest,
  use: (journal: Journal) => T,
): T {
  return withTreeState(files, key, env, (state) => {
    const release = takeLock(files, state.folder, LOCK, { mark: processMark(), who, since: new Date().toISOString() })
    try {
      return use(new Journal(files, state))
    } finally {
      release()
    }
  })
}

/** Whether a process that may still run writes to a working tree. */
export function isTreeLocked(files: FileSystem, key: string, env: NodeJS.ProcessEnv): boolean {
  return withTreeState(files, key, env, ({ folder }) => isHeld(files, folder, LOCK))
}
