import type { Io } from '@loop-runner/cli-kit'
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
