import type { Io } from '@loop-runner/cli-kit'
import { type Engine, type Identity, readBoolean, readIdentity } from '@loop-runner/git-engine'

/** Who commits here and now. Says where the user is used to signatures and there will be none. */
export function identityOf(engine: Engine, io: Io): Identity {
  if (readBoolean(engine.config, 'commit.gpgsign') === true && !engine.signs) {
    io.warn('commit.gpgSign is set, but these commits are not signed (see --sign)')
  }
  return readIdentity(io.env, engine.config, new Date())
}
