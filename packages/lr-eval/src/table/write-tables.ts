import { visibleText } from '@loop-runner/cli-kit'

/** A table as text: headings, and rows of as many cells. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How many of the first columns are names rather than figures. */
  readonly names: number
}

/** Columns padded with blanks, a row a line; figures are to the right. */
export function writeText({ headings, rows, names }: Table): string {
  const lines = [headings, ...rows].map((row) => row.map((cell) => visibleText(cell).replaceAll(/\s/g, ' ')))
  const widths = headings.map((_, column) => Math.max(...lines.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column < names ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return `${lines.map(line).join('\n')}\n`
}

/** A table of GitHub's Markdown. */
export function writeMarkdown({ headings, rows, names }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => escapeMarkdown(cell)).join(' | ')} |\n`
  return [headings, headings.map((_, column) => (column < names ? '---' : '---:')), ...rows].map(line).join('')
}

/** A cell as text: no markup of its own, on one line. */
function escapeMarkdown(cell: string): string {
  return visibleText(cell)
    .replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** RFC 4180, with newlines in place of CR LF. */
export function writeCsv({ headings, rows }: Table): string {
  const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return [headings, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
}
