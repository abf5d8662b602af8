import type { ConfigFile } from '../configuration/config-file.ts'
import type { Io } from '../io.ts'

/** A word that may stand here, alone or with what it means. */
export type Suggestion = string | readonly [word: string, meaning: string]

/** What may stand in a place of a command line: certain words, or what the shell itself completes. */
export type Suggestions = readonly Suggestion[] | 'files' | 'folders' | 'commands' | 'nothing'

/** What is known about a command line that is still being typed. */
export interface Completing {
  /** The part before the cursor of the value or operand that is typed. */
  readonly word: string
  /** Options that are there already. */
  readonly typed: ReadonlyMap<string, string | boolean | readonly string[]>
  readonly operands: readonly string[]
  /** The configuration files that apply; none where they cannot be read. */
  readonly readConfigFiles: () => Promise<readonly ConfigFile[]>
  readonly io: Io
}

/** Suggestions, or how they are found. */
export type Complete = Suggestions | ((completing: Completing) => Suggestions | Promise<Suggestions>)
