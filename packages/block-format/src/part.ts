/** A run of lines outside blocks, each with its newline; the last line of a stream may lack one. */
export interface Text {
  readonly text: string
}

/** A block. `name` is a role, a path, or `''` for the unnamed block; `content` is exact. */
export interface Block {
  readonly name: string
  readonly content: string
}

/** What a stream is a sequence of. */
export type Part = Text | Block

export function isBlock(part: Part): part is Block {
  return 'name' in part
}

/** The line that, right after a closer, says that the content has no newline at its end. */
export const NO_NEWLINE_MARKER = '\\ No newline at end of file'
