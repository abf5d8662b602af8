import type { DeviationCode } from './deviations.ts'

/** Something about a reply that is not as it should be. What it means for the reply follows from where it stands. */
export interface Finding {
  readonly code: DeviationCode
  /** The path, or the name as the model wrote it; undefined where the finding is about no single file. */
  readonly path?: string | undefined
  /** The line of the reply, counted from 1, on which the matter begins; undefined where it is about no line. */
  readonly line?: number | undefined
  /** What is wrong and what to do, in words that a model can act on; one line. */
  readonly message: string
}

/** A block of a reply, as far as the reply alone tells. */
export interface ReplyBlock {
  /** As the model wrote it, not yet judged. */
  readonly name: string
  /** The line of the opener, counted from 1. */
  readonly line: number
  /** The lines between the delimiters, each ended by LF, whatever the reply's own line ends. */
  readonly content: string
  /** Whether the marker line says that the file's last line has no newline. */
  readonly lacksFinalNewline: boolean
  /** The form of edits that were outside a block; undefined for any other content. */
  readonly isForeign?: DeviationCode
  /** The file that becomes this one: the content edits it, or is empty if only the name changes. */
  readonly movesFrom?: string
  /** Whether the content is the file's, byte for byte: nothing is repaired. */
  readonly isExact?: boolean
  /** Where the content comes from, if it was in a Markdown fence. */
  readonly fence?: FenceOrigin
}

/** What is known of a fence that is taken as a whole version. */
export interface FenceOrigin {
  /** Its tag; empty if it has none. */
  readonly language: string
  /** Whether its file is named. */
  readonly isNamed: boolean
}

/** A model's reply, taken apart. */
export interface Reply {
  readonly blocks: readonly ReplyBlock[]
  /** The paths of files that the model asks to see in the next prompt, as written. */
  readonly show: readonly string[]
  /** Why the model says that it cannot be done within the files that it may change. */
  readonly blocked: string | undefined
  /** Everything that is neither a block, nor reasoning, nor the declaration; blank lines at both ends are gone. */
  readonly explanation: string
  /** The same with the text of changes that name no file: if they are refused, nothing else shows them. */
  readonly fullExplanation: string
  /** The line with which the model said that it is done, as written. */
  readonly declared: string | undefined
  /** The content of the `usage` block that `lr-llm --usage` puts at the end. */
  readonly usage: string | undefined
  /** What was taken in spite of a slip, or is worth knowing; `DEVIATIONS` says which of them are repairs. */
  readonly noted: readonly Finding[]
  /** What cannot be used. */
  readonly rejected: readonly Finding[]
}

/** What the reader has to know about the tree, asked only where the reply is not as it should be. */
export interface ReplyContext {
  /** Whether `path` is a file that the model may have been shown: named by an operand, or listed by git. */
  isKnown(path: string): boolean
  /** Whether the file's present version holds this line. */
  holdsLine(path: string, line: string): boolean
  /** The file's present version, its lines ended by LF; undefined if there is no such text. */
  textOf?(path: string): string | undefined
}
