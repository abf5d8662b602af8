import type { Remark } from './draft.ts'

/** A line of the file that a hunk names. */
export interface Anchor {
  readonly line: string
  /** Whether the lines may as well be before it: behind a range of lines, its name is often wrong. */
  readonly isHint: boolean
}

/** Lines to find, and the lines to put in their place. */
export interface Edit {
  readonly search: readonly string[]
  readonly replace: readonly string[]
  /** What messages call it: `SEARCH section 1`, `hunk 2`. */
  readonly label: string
  /** The line from which on the lines are looked for; undefined if they may be anywhere. */
  readonly after?: Anchor | undefined
}

/** The lines that edits produce, or why they cannot be applied; and what was repaired on the way. */
export type Edited =
  | {
      readonly lines: readonly string[]
      readonly noted: readonly Remark[]
      /** Whether the last line has a newline; undefined if that stays as it is. */
      readonly endsWithNewline?: boolean | undefined
    }
  | { readonly refused: Remark; readonly noted: readonly Remark[] }

/** Whether all lines are blank; true for an empty list. */
export function areBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '')
}
