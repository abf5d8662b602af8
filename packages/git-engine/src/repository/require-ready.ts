import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import type { LocalChange } from './engine.ts'
import { explainFailure } from './explain-failure.ts'
import { readIdentity } from './identity.ts'
import { openEngine } from './open-engine.ts'
import { refuseInProgress } from './repository-state.ts'

/**
 * Finds out what would keep a run from committing here, without a lock and without changing anything.
 *
 * @throws CommandError (3) where there is no repository or no identity, and where something is begun and not finished
 */
export async function requireReady(io: Io): Promise<void> {
  try {
    const engine = await openEngine({ engine: 'auto' }, io)
    refuseInProgress(engine.repository)
    readIdentity(io.env, engine.config, new Date())
  } catch (error) {
    throw explainFailure(error)
  }
}

/** @throws CommandError (3) that names the first of the changes, if there are any */
export function refuseChanges(changes: readonly LocalChange[]): void {
  if (changes.length === 0) return
  const shown = changes
    .slice(0, 3)
    .map(({ path }) => path)
    .join(', ')
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  throw new CommandError(ExitStatus.Failed, `${shown}${more}: changed and not committed (commit first, or see --dirty)`)
}
