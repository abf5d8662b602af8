import type { LooseCloser } from './closer.ts'
import { isProse } from './draft.ts'
import type { LooseOpener } from './opener.ts'

/** A block that is not closed yet. */
export interface OpenBlock extends LooseOpener {
  readonly index: number
  /** Lines that would close it but for a slip; two of them are as good as many. */
  readonly closers: { readonly index: number; readonly closer: LooseCloser }[]
  /** Where another block opens inside it, of which it cannot be told whether it is content. */
  nestedAt?: number
  /** Where reasoning ends inside it: then it was a draft, if another block follows. */
  reasoningEnd?: number
  /** Whether a line of its content opens a block in the file's present version too. */
  holdsOpener?: boolean
}

/**
 * Whether what all but closes the last block may be the beginning of a quotation's line, of which the rest was cut off.
 */
export function mayBeCut({ name, closers }: OpenBlock, lines: readonly string[]): boolean {
  const from = (closers[0]?.index ?? 0) + 1
  return isProse(name) && lines.slice(from).every((line) => line.trim() === '')
}
