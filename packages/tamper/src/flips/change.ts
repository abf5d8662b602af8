/** A literal of a test that was changed. */
export interface Flip {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly before: string
  readonly after: string
}

/** Files of tests with other values. */
export interface FlippedFiles {
  readonly flips: readonly Flip[]
  /** The text of each changed file, by its path. */
  readonly texts: ReadonlyMap<string, string>
}

/** Other text in a place of a text. */
export interface Change {
  readonly start: number
  /** Not included. */
  readonly end: number
  readonly after: string
}

/** @param changes in order, which do not overlap */
export function withChanges(text: string, changes: readonly Change[]): string {
  let at = 0
  const pieces = changes.map(({ start, end, after }) => {
    const piece = text.slice(at, start) + after
    at = end
    return piece
  })
  return pieces.join('') + text.slice(at)
}

export function flipOf(path: string, text: string, { start, end, after }: Change): Flip {
  return { path, line: text.slice(0, start).split('\n').length, before: text.slice(start, end), after }
}
