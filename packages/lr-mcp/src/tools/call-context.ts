import { describeRefusal, isAllowed, onlyCommand } from '../policy/allowed-check.ts'
import { type Bounds, folderOf, pathIn } from '../policy/bounds.ts'
import { type Configuration, configurationOf } from '../policy/configuration.ts'
import { UsageError } from '@loop-runner/cli-kit'
import type { Extra, Session } from './tool.ts'

/** Where a call works, and with which configuration. */
export interface CallContext {
  readonly bounds: Bounds
  readonly folder: string
  readonly configuration: Configuration
}

/** @throws UsageError for a folder outside the bounds */
export async function contextOf(asked: string | undefined, session: Session, extra: Extra): Promise<CallContext> {
  const bounds = await session.boundsOf(extra)
  const folder = folderOf(asked, bounds)
  return { bounds, folder, configuration: configurationOf(folder, session.policy, session.programs.io.env) }
}

/**
 * The check command of a call; undefined if it is the one of a trusted lr.yaml.
 *
 * @throws UsageError for a command that the user has not allowed
 */
export function checkOf(
  asked: readonly string[] | undefined,
  { configuration }: CallContext,
  { patterns }: Session,
): readonly string[] | undefined {
  if (asked !== undefined) {
    if (isAllowed(asked, patterns)) return asked
    throw new UsageError(describeRefusal(asked, patterns))
  }
  if (configuration.isTrusted) return undefined
  const command = onlyCommand(patterns)
  if (command !== undefined) return command
  const { notice } = configuration
  throw new UsageError([describeRefusal(undefined, patterns), notice].filter(Boolean).join('; '))
}

/** @throws UsageError for a path outside the folder */
export function pathsIn({ folder, bounds }: CallContext, paths: readonly string[] | undefined): string[] {
  return (paths ?? []).map((path) => pathIn(folder, path, bounds))
}
