import { UsageError, type Values } from '@loop-runner/cli-kit'
import type { ChangedSince } from '@loop-runner/source-files'
import type { CHECK_OPTIONS } from './check-options.ts'
import type { Configuration } from './configuration.ts'
import type { ConfinementRequest } from './confinement/confinement.ts'
import { parseSize } from './confinement/limits.ts'
import { knownName } from './known-name.ts'

type Options = Values<typeof CHECK_OPTIONS>

/** Since when sources must have changed; undefined where all are meant. */
export function readChanged({ staged, changed }: Options): ChangedSince | undefined {
  if (staged && changed !== undefined) throw new UsageError('--staged and --changed exclude each other')
  if (staged) return { staged }
  return changed === undefined ? undefined : { revision: changed }
}

/** How checks are confined. */
export function readConfinement({ sandbox, memory, 'file-size': fileSize }: Options): ConfinementRequest {
  return {
    mode: sandbox,
    memoryBytes: parseSize(memory, 'option --memory'),
    fileBytes: parseSize(fileSize, 'option --file-size'),
  }
}

/** The checks and checkers in comma-separated lists, each once. */
export function readNames({ checkers, linters }: Options, configuration: Configuration): string[] {
  const names = [...checkers, ...linters]
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return [...new Set(names.map((name) => knownName(name, configuration)))]
}
