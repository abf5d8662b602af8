import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** The folder of the bundle; not defined where a program is run from source. */
declare const LOOP_RUNNER_DIST: string | undefined

/** What every program takes, from the file that the build writes beside the bundles. Empty in a program run from source. */
export function readCatalogue(): Catalogue {
  if (typeof LOOP_RUNNER_DIST !== 'string') return {}
  return JSON.parse(readFileSync(join(LOOP_RUNNER_DIST, 'catalogue.json'), 'utf8')) as Catalogue
}

/** Whether some program has an option of this name, and not only as another name of one. */
export function isOptionName(name: string, catalogue: Catalogue): boolean {
  return Object.values(catalogue).some(({ options }) => Object.hasOwn(options, name))
}

export function keysOf({ main, commands = {} }: Program): ProgramKeys {
  const all = [...Object.values(commands), ...(main ? [main] : [])]
  return {
    options: Object.assign({}, ...all.map(({ options }) => options as OptionTable), COMMON_OPTIONS) as OptionTable,
    ownKeys: unique(all.flatMap(({ fileKeys }) => fileKeys?.names ?? [])),
    trustedKeys: unique(all.flatMap(({ fileKeys }) => (fileKeys?.needTrust ? fileKeys.names : []))),
  }
}

/** Several commands of a program may read the same key. */
function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
