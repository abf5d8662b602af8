import type { LooseCloser } from './closer.ts'
import { isProse } from '../file-kind.ts'
import type { LooseOpener } from './opener.ts'
import type { ReplyLines } from './reply-lines.ts'

/** A line that would close a block except for a slip. */
export interface CloserLine extends LooseCloser {
  readonly index: number
}

/** A block that is not closed yet. */
export interface OpenBlock extends LooseOpener {
  readonly index: number
  /** Two of them are as good as many. */
  readonly closers: CloserLine[]
  /** Where another block opens inside it, of which it cannot be told whether it is content. */
  nestedAt?: number
  /** Where reasoning ends inside it: then it was a draft, if another block follows. */
  reasoningEnd?: number
  /** Whether a line of its content opens a block in the file's present version too. */
  holdsOpener?: boolean
}

/** The line that all but closes a block, where it is the only one. */
export function onlyCloser({ closers }: OpenBlock): CloserLine | undefined {
  return closers.length === 1 ? closers[0] : undefined
}

/**
 * Whether what all but closes the last block may be the beginning of a quotation's line, of which the rest was cut off.
 */
export function mayBeCut(name: string, closer: CloserLine, lines: ReplyLines): boolean {
  return isProse(name) && lines.between(closer.index + 1, lines.length).trim() === ''
}
