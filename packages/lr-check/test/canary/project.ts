import type { Files } from '../support/guarded-tree.ts'

/** A project whose tests fail at first, with sources that pass them in one way or another. */
export interface Project {
  readonly needs: string
  readonly files: Files
  /** The source that is replaced. */
  readonly source: string
  readonly check: readonly string[]
  readonly right: string
  /** What bends the runner or its assertions, and what a line about it holds. */
  readonly bent: Readonly<Record<string, readonly [content: string, line: string]>>
}

export const BENT = 'a test that must fail passes with this code'
export const ANY_VALUE = 'this test passes as well if it expects'
