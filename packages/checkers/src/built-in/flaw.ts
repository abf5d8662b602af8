/** Something wrong in a text; lines and columns count from 1, columns in units of UTF-16. */
export interface Flaw {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** Where an offset lies. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
