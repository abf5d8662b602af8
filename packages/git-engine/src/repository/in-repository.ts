import type { Io } from '@loop-runner/cli-kit'
import type { Engine } from './engine.ts'
import { explainFailure } from './explain-failure.ts'
import { type EngineOptions, openEngine } from './open-engine.ts'
import { refuseInProgress } from './repository-state.ts'
import { withLock } from '../transaction/transaction.ts'

/** The options that say how a repository is worked on. */
export interface RepositoryOptions extends EngineOptions {
  readonly 'lock-timeout': number
}

/**
 * Does something in the repository of the working directory, while its lock is held.
 *
 * @throws CommandError (3) where there is no repository, where something in it is begun and not finished, or where the
 *   system refuses; (4) if the lock is not free in time
 */
export async function inRepository<T>(
  options: RepositoryOptions,
  io: Io,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  try {
    const engine = await openEngine(options, io)
    refuseInProgress(engine.repository)
    return await withLock(engine, io, options['lock-timeout'], () => work(engine))
  } catch (error) {
    throw explainFailure(error)
  }
}
