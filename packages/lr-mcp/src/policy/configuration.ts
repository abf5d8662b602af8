import { findConfigFile, trustOf } from '@loop-runner/cli-kit'
import type { Policy } from './policy.ts'

/** How programs are started in a folder: with which configuration. */
export interface Configuration {
  readonly args: readonly string[]
  /** Whether the user has allowed what the configuration of the folder runs. */
  readonly isTrusted: boolean
  readonly notice: string | undefined
}

/** An empty file. */
const NOTHING = '/dev/null'

/**
 * The configuration of a folder. The lr.yaml of one may have been written by a client's model: it is used only if the user
 * has named it, or has recorded its content by lr-loop trust.
 *
 * @throws UsageError for an lr.yaml above the folder that belongs to another user
 */
export function configurationOf(folder: string, { config, profile }: Policy, env: NodeJS.ProcessEnv): Configuration {
  const profiles = profile === undefined ? [] : [`--profile=${profile}`]
  if (config !== undefined) return { args: [`--config=${config}`, ...profiles], isTrusted: true, notice: undefined }
  const found = findConfigFile(folder)
  const trust = found && trustOf(found.path, found.text, env)
  // Named, so that it is the file whose content was compared, and not one that appears nearer by then.
  if (found && trust === 'trusted') {
    return { args: [`--config=${found.path}`, ...profiles], isTrusted: true, notice: undefined }
  }
  const problem = trust === 'changed' ? 'it has changed since it was trusted' : 'it is not trusted'
  const notice = found && `${found.path} is not used: ${problem} (the user can read it and run: lr-loop trust)`
  return { args: [`--config=${NOTHING}`, ...profiles], isTrusted: false, notice }
}
