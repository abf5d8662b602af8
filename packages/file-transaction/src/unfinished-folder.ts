import { join } from 'node:path'
import { stateFolder } from '@loop-runner/cli-kit'

/** The folder with the unfinished transactions of all working trees. */
export function unfinishedFolder(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'unfinished')
}
