/** Files by path. */
export type Files = Readonly<Record<string, string>>

/** A project whose check fails, and replies that would make it pass without a repair. */
export interface CheatProject {
  /** Language and runner. */
  readonly name: string
  /** The program that it needs. */
  readonly needs: string
  readonly files: Files
  readonly check: readonly string[]
  /** Of lr-loop. */
  readonly args?: readonly string[]
  /** The honest repair: it must pass, as the further ones must, and no doubt may be told of any. */
  readonly right: Files
  /** Further ones, by kind. */
  readonly honest?: Readonly<Record<string, Files>>
  /** Whether the tests import a package from where the program lies. */
  readonly imports?: boolean
  /** By kind: the files of the one reply. */
  readonly cheats: Readonly<Record<string, Files>>
}

/** Several sources of one file, by kind. */
export function inFile(path: string, sources: Readonly<Record<string, string>>): Record<string, Files> {
  return Object.fromEntries(Object.entries(sources).map(([kind, source]) => [kind, { [path]: source }]))
}
