import type { Checker } from './checker.ts'

/** All that is known of one checker. */
export interface TableEntry extends Checker {
  readonly guard?: Guard
}

/** What a model could use to make a checker pass without a fix. It is not part of a checker that `lr.yaml` defines. */
interface Guard {
  /** How it is silenced from within a source. */
  readonly suppressions?: readonly OwnSuppression[]
  /** Files that configure it: `*` is anything within a name, `/**` everything in a folder, `{a,b}` either. */
  readonly settings?: readonly string[]
  /** How it prints the number of tests. */
  readonly summary?: Summary
}

interface OwnSuppression {
  /** As it is reported. */
  readonly name: string
  /** Default: the types of the checker. */
  readonly types?: readonly string[]
  /** Global and bounded; it sees one file at a time. */
  readonly pattern: RegExp
}

export interface Suppression extends OwnSuppression {
  readonly types: readonly string[]
}

/** A pattern's groups are numbers, summed over all its matches; a pattern without groups counts its matches. */
export interface Summary {
  readonly tests: readonly RegExp[]
  readonly skipped: readonly RegExp[]
}

export type Table = Readonly<Record<string, TableEntry>>
