import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, type Io, reasonOf, stateFolder } from '@loop-runner/cli-kit'

/** What a recovery needs of the world. */
export type RecoveryIo = Pick<Io, 'cwd' | 'env' | 'warn'>

/**
 * Ends what programs of ours were killed at: every reply that is half written, in whichever working tree, is finished or
 * taken back. All programs do this before their work, so that none reads half a reply. It costs one look at a folder that
 * is nearly always empty; anything more is loaded where it is not.
 *
 * @throws CommandError (3) where the working tree that we are in cannot be put right
 */
export async function recoverTrees(io: RecoveryIo): Promise<void> {
  if (!hasUnfinished(io)) return
  const { recoverUnfinished } = await import('./recover-unfinished.ts')
  await recoverUnfinished(io)
}

/** Where the transactions lie that have not come to their end, of all working trees. */
export function unfinishedFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'unfinished')
}

const NOT_THERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR'])

function hasUnfinished({ env, warn }: RecoveryIo): boolean {
  const folder = unfinishedFolder(env)
  try {
    return readdirSync(folder).length > 0
  } catch (error) {
    if (!NOT_THERE.has(errorCode(error))) {
      warn(`${folder}: ${reasonOf(error)} (whether a reply was left half written is not known)`)
    }
    return false
  }
}
