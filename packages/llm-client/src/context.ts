import type { Io } from '@loop-runner/cli-kit'
import type { ExecServers } from './exec/exec-servers.ts'
import type { LocalModels } from './gguf/local-models.ts'
import type { Transport } from './network/transport.ts'

/** What an engine needs of its surroundings. */
export interface Context extends Pick<Io, 'env' | 'cwd' | 'signal' | 'progress' | 'detail' | 'warn' | 'onInterrupt'> {
  /** Carries the requests; default: one connection for each. */
  readonly transport?: Transport | undefined
  /** Holds model files in memory; default: each is loaded for one request. */
  readonly localModels?: LocalModels | undefined
  /** Keeps commands of exec-server: running; default: each runs for one request. */
  readonly execServers?: ExecServers | undefined
}
