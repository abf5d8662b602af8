import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '@loop-runner/block-format'
import { leaveOut, readSource } from './read-source.ts'

/** Long, made by programs, and not read by people. */
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|packages\.lock\.json|go\.(?:work\.)?sum|[^/]+\.lock(?:b|file)?)$/

/** A larger file holds data. */
const MOST_BYTES = 1 << 20

/**
 * A file that was found in a named folder: as `readSource`, except for lock files and files beyond 1 MiB,
 * which would take all the room there is for what matters.
 *
 * @throws UsageError where it cannot be read
 */
export function readListed(path: string, cwd: string): Part {
  if (LOCK_FILE.test(path)) return leaveOut(path, 'it is a lock file')
  const size = statSync(join(cwd, path), { throwIfNoEntry: false })?.size ?? 0
  return size > MOST_BYTES ? leaveOut(path, 'it is larger than 1 MiB') : readSource(path, cwd)
}
