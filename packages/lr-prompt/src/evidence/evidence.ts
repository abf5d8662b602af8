import type { Outcome } from '@loop-runner/stage-protocol'
/** A file as a template sees it. */
export interface SourceFile {
  /** As in an opener: `./configure` for the file `configure`. */
  readonly name: string
  readonly path: string
  readonly content: string
  /** Whether the model may send a new version. */
  readonly editable: boolean
}

/** The verdicts of docs/format.md, role `outcome`. */

/** One run of a checker: a command line and its result. Contents are exact; '' if a block is absent. */
export interface Run {
  readonly command: string
  /** Undefined where the stream does not say. */
  readonly status: number | undefined
  /** Undefined where neither an outcome nor a status says. */
  readonly outcome: Outcome | undefined
  /** Whether the outcome is an error because tests or check scripts were changed. */
  readonly isTampered: boolean
  /** Whether the checker did not run to its end, so that the run says nothing about the files. */
  readonly isInconclusive: boolean
  readonly stdout: string
  readonly stderr: string
  readonly score: string
  readonly findings: string
  /** Lines of the sources that the output names, numbered; '' where none were asked for. */
  readonly excerpts: string
  /** The file that the command line's first word names. */
  readonly script: SourceFile | undefined
}

/** A block of which nothing but its role is known. */
export interface NamedBlock {
  readonly name: string
  readonly content: string
}

/** A reply of an earlier iteration, and its result; with number 0, the state before the first reply. */
export interface Attempt {
  readonly number: number
  /** Of the check that followed; undefined if it is not known. */
  readonly score: number | undefined
  /** In the order of the history: `changed`, `rejected`, `explanation`, `diff`, `outcome` … */
  readonly blocks: readonly NamedBlock[]
  /** A few lines that describe it. */
  readonly text: string
}

/** The content of a stream, by kind. */
export interface Evidence {
  /** Without scripts. */
  readonly files: readonly SourceFile[]
  readonly runs: readonly Run[]
  /** Lines of text that name files which could not be shown. */
  readonly leftOut: readonly string[]
  /** Instructions that an earlier stage wrote. */
  readonly instructions: readonly string[]
  /** The report of lr-apply on the last reply: `changed`, `rejected` … */
  readonly report: readonly NamedBlock[]
  /** Paths that the model asked to see whole. */
  readonly requested: readonly string[]
  /** Blocks of other roles, in order. */
  readonly blocks: readonly NamedBlock[]
}

/** All that a prompt is made of. */
export interface Material extends Omit<Evidence, 'instructions' | 'requested'> {
  /** Oldest first. */
  readonly history: readonly Attempt[]
  /** Sources of which a part is shown, because they are too long for the budget. */
  readonly parts: readonly SourceFile[]
  /** Sources that are not shown: a line each; '' if all are. */
  readonly map: string
  /** In one text, ended by a newline. */
  readonly instructions: string
}
