import { setTimeout } from 'node:timers/promises'
import { TreeLocked } from './lock.ts'

/** So long a living holder of the lock is waited for: a reply is written in a moment, but many may queue (`make -j`). */
const PATIENCE_MS = 10_000
const POLL_MS = 20

/**
 * Does what takes a working tree's lock, as soon as it is free.
 *
 * @param use is called again, after a pause, for as long as it throws TreeLocked
 * @throws TreeLocked, and what else `use` throws
 */
export async function waitForTree<T>(use: () => T): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; ;) {
    try {
      return use()
    } catch (error) {
      if (!(error instanceof TreeLocked) || performance.now() > end) throw error
    }
    // Not in step with the others that wait.
    await setTimeout(POLL_MS * (0.5 + Math.random()))
  }
}
