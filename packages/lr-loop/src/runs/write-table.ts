import { visibleText } from '@loop-runner/cli-kit'

/** A column of a table: its heading, and whether it holds figures, which stand to the right. */
export interface Column {
  readonly heading: string
  readonly isFigure?: true
}

/** Lines of text, each ended, without blanks at its end. */
export function writeLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** A table for people, a line a row below one of headings; a label may have newlines and terminal codes. */
export function writeTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => visibleText(cell).replaceAll(/\s/g, ' ')))
  const all = [columns.map(({ heading }) => heading), ...cells]
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
