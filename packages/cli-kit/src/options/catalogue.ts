import { COMMON_OPTIONS, type OptionTable } from './option.ts'
import type { Program } from '../program.ts'

/** What a program takes from a configuration file. */
export interface ProgramKeys {
  /** Options of all its commands: its section serves them all. */
  readonly options: OptionTable
  /** Keys at the top of the file that are no options; the program itself reads and judges them. */
  readonly ownKeys: readonly string[]
  /** Those of them that need trust, as options with `needsTrust` do. */
  readonly trustedKeys: readonly string[]
}

/** The programs of the suite by name, `lr-check`. */
export type Catalogue = Readonly<Record<string, ProgramKeys>>

declare const LOOP_RUNNER_CATALOGUE: string | undefined

/**
 * What every program takes; the bundler puts it in (`scripts/read-catalogue.ts`), since a program knows no other.
 * Empty where a program is run from source.
 */
export function readCatalogue(): Catalogue {
  return typeof LOOP_RUNNER_CATALOGUE === 'string' ? (JSON.parse(LOOP_RUNNER_CATALOGUE) as Catalogue) : {}
}

export function keysOf({ main, commands = {} }: Program): ProgramKeys {
  const all = [...Object.values(commands), ...(main ? [main] : [])]
  return {
    options: Object.assign({}, ...all.map(({ options }) => options as OptionTable), COMMON_OPTIONS) as OptionTable,
    ownKeys: all.flatMap(({ fileKeys }) => fileKeys?.names ?? []),
    trustedKeys: all.flatMap(({ fileKeys }) => (fileKeys?.needTrust ? fileKeys.names : [])),
  }
}
