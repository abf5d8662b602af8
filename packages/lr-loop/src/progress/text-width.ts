/** From here on many characters, such as Chinese ones and emoji, take two columns; what takes one may be counted as two. */
const FIRST_WIDE = 0x1100
/** Our own signs, one column each. */
const NARROW = /[▁-█·…]/

/** The columns that a character takes on a terminal. */
export function widthOf(character: string): number {
  return (character.codePointAt(0) ?? 0) < FIRST_WIDE || NARROW.test(character) ? 1 : 2
}

/** The rows that lines take on a terminal: one that became narrower wraps those that it shows. */
export function rowsOf(lines: readonly string[], columns: number): number {
  const widths = lines.map((line) => Array.from(line, widthOf).reduce((sum, width) => sum + width, 0))
  return widths.reduce((rows, width) => rows + Math.max(1, Math.ceil(width / columns)), 0)
}

/** Cuts a line off before a terminal of so many columns would wrap it. */
export function cutLine(line: string, columns: number): string {
  let [width, shortened] = [0, '']
  for (const character of line) {
    width += widthOf(character)
    if (width > columns) return `${shortened}…`
    if (width < columns) shortened += character
  }
  return line
}
