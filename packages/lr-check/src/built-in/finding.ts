/** Something wrong in a text; lines and columns count from 1, columns in characters of UTF-16. */
export interface Finding {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** Where an offset lies. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
