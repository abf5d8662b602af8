import type { Remark } from './draft.ts'

/** Lines to find, and the lines to put in their place. */
export interface Edit {
  readonly search: readonly string[]
  readonly replace: readonly string[]
  /** What messages call it: `SEARCH section 1`, `hunk 2`. */
  readonly label: string
  /** A line after which the lines have to be found; undefined if they may be anywhere. */
  readonly after?: string | undefined
}

/** The lines that edits produce, or why they cannot be applied; and what was repaired on the way. */
export type Edited =
  | { readonly lines: readonly string[]; readonly noted: readonly Remark[] }
  | { readonly refused: Remark; readonly noted: readonly Remark[] }

/** Whether all lines are blank; true if there are none. */
export function areBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '')
}
