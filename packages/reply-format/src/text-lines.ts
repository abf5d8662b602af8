/** The lines of a text without their ends, whatever they are; a last newline begins no further line. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** The lines joined, each ended by LF. */
export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** The line at an index; empty if not found. */
export function lineAt(lines: readonly string[], index: number): string {
  return lines[index] ?? ''
}

/** The blanks and tabs that a line begins with. */
export function indentOf(line: string): string {
  return line.slice(0, line.search(/[^ \t]|$/))
}

/** The first line that is not blank; empty if not found. */
export function firstWritten(lines: readonly string[]): string {
  return lineAt(
    lines,
    lines.findIndex((line) => line.trim() !== ''),
  )
}
