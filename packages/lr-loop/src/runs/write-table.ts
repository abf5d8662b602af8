/** A column of a table: its heading, and whether it holds figures, which stand to the right. */
export interface Column {
  readonly heading: string
  readonly isFigure?: true
}

/** Lines of text, each ended, without blanks at its end. */
export function writeLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** A table for people, a line a row below one of headings. */
export function writeTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ heading }) => heading), ...rows]
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, index) => {
        const width = index === row.length - 1 ? 0 : (widths[index] ?? 0)
        return columns[index]?.isFigure ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  '),
  )
}
