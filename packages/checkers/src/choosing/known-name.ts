import { nearest, UsageError } from '@loop-runner/cli-kit'
import { SYNONYMS } from '@loop-runner/checker-table'
import type { Configuration } from '../configuration/configuration.ts'

/**
 * The name of a check or checker as it is listed.
 *
 * @throws UsageError with the nearest name for one that there is not
 */
export function knownName(name: string, { checkers, checks }: Configuration): string {
  const known = SYNONYMS[name] ?? name
  if (Object.hasOwn(checks, name)) return name
  if (Object.hasOwn(checkers, known)) return known
  const near = nearest(name, [...Object.keys(checks), ...Object.keys(checkers)])
  throw new UsageError(`unknown checker "${name}"${near === undefined ? '' : `: did you mean ${near}?`} (see --list)`)
}
