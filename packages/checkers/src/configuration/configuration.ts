import { type ConfigFile, placeOf } from '@loop-runner/cli-kit'
import type { Checkers } from '@loop-runner/checker-table'

/** A check of lr.yaml: a command, known checkers, or both. */
export interface Check {
  readonly command: readonly string[] | undefined
  readonly checkers: readonly string[]
  readonly timeoutMs: number | undefined
  /** Patterns of the files, beside the sources, on which the command's result depends, where it may be kept. */
  readonly cache: readonly string[] | undefined
}

/** The checkers and checks that there are. */
export interface Configuration {
  readonly checkers: Checkers
  readonly checks: Readonly<Record<string, Check>>
  /** Names of checks and checkers; a layer only runs when the ones before it pass. */
  readonly layers: readonly (readonly string[])[]
}

/** Keys of lr.yaml that are no options. */
export const CONFIGURATION_KEYS = ['checkers', 'checks', 'layers'] as const

/**
 * The built-in checkers with what the configuration files add: the keys `checkers`, `checks` and `layers`. The nearer
 * file prevails.
 *
 * @throws UsageError naming file and key
 */
export async function readConfiguration(files: readonly ConfigFile[]): Promise<Configuration> {
  // The table takes its time to load.
  const { BUILT_IN_CHECKERS } = await import('@loop-runner/checker-table')
  let configuration: Configuration = { checkers: BUILT_IN_CHECKERS, checks: {}, layers: [] }
  for (const file of files.toReversed()) {
    const own = CONFIGURATION_KEYS.filter((key) => isOurs(key, file.keys[key]))
    if (own.length === 0) continue
    const { addConfiguration } = await import('./add-configuration.ts')
    configuration = addConfiguration(
      configuration,
      Object.fromEntries(own.map((key) => [key, file.keys[key]])),
      (path) => placeOf(file, path),
    )
  }
  return configuration
}

/** `checkers` is also an option: as a text or a list it names what to run. */
function isOurs(key: (typeof CONFIGURATION_KEYS)[number], value: unknown): boolean {
  if (value === undefined || value === null) return false
  return key !== 'checkers' || (typeof value === 'object' && !Array.isArray(value))
}
