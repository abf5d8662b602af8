import { readdirSync } from 'node:fs'
import { errorCode, reasonOf } from '@loop-runner/cli-kit'
import type { RecoveryIo } from './recovery-io.ts'
import { unfinishedFolder } from './unfinished-folder.ts'

/**
 * Completes or rolls back the replies that a kill left half written, in all working trees. All programs do this before
 * their work, so that none reads half a reply. It costs one look at a folder that is nearly always empty; the recovery
 * itself is loaded only if needed.
 *
 * @throws CommandError (3) if the current working tree cannot be recovered
 */
export async function recoverTrees(io: RecoveryIo): Promise<void> {
  if (!hasUnfinished(io)) return
  const { recoverUnfinished } = await import('./recover-unfinished.ts')
  await recoverUnfinished(io)
}

const NOT_THERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR'])

function hasUnfinished({ env, warn }: RecoveryIo): boolean {
  const folder = unfinishedFolder(env)
  try {
    return readdirSync(folder).length > 0
  } catch (error) {
    if (!NOT_THERE.has(errorCode(error))) {
      warn(`${folder}: ${reasonOf(error)} (cannot tell whether an earlier reply was written completely)`)
    }
    return false
  }
}
