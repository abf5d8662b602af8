import type { Outcome } from '@loop-runner/stage-protocol'
import { COMMAND_SITUATIONS } from './command-situations.ts'
import { DOCUMENT_SITUATIONS } from './document-situations.ts'
import { GO_AND_RUST_SITUATIONS } from './go-and-rust-situations.ts'
import { JAVASCRIPT_SITUATIONS } from './javascript-situations.ts'
import { MORE_TEST_SITUATIONS } from './more-test-situations.ts'
import { OTHER_SITUATIONS } from './other-situations.ts'
import { PYTHON_SITUATIONS } from './python-situations.ts'

/** One cell of the matrix of outcomes: a checker in a situation, and what it must be said to have ended as. */
export interface Situation {
  readonly checker: string
  /** The program without which it cannot be tried. */
  readonly program: string
  readonly situation: string
  readonly files: Readonly<Record<string, string | Buffer>>
  /** What lr-check is called with. */
  readonly args: readonly string[]
  readonly outcome: Outcome
}

/** A cell as it is written down; the files are all of the folder in which it is tried. */
export type Row = readonly [
  situation: string,
  files: Readonly<Record<string, string | Buffer>>,
  args: readonly string[],
  outcome: Outcome,
]

export interface Table {
  readonly checker: string
  readonly program: string
  readonly rows: readonly Row[]
}

export const SITUATIONS: readonly Situation[] = [
  ...PYTHON_SITUATIONS,
  ...JAVASCRIPT_SITUATIONS,
  ...GO_AND_RUST_SITUATIONS,
  ...DOCUMENT_SITUATIONS,
  ...OTHER_SITUATIONS,
  ...COMMAND_SITUATIONS,
  ...MORE_TEST_SITUATIONS,
].flatMap(({ checker, program, rows }) =>
  rows.map(([situation, files, args, outcome]) => ({ checker, program, situation, files, args, outcome })),
)
