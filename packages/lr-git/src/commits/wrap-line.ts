/** The limit of markdownlint for a line that has a blank after it. */
export const LINE_LENGTH = 80

/** Breaks a line at blanks, keeping its indentation. A word that is too long stays whole. */
export function wrapLine(line: string, length: number): string[] {
  if (line.length <= length) return [line]
  const indent = /^ */.exec(line)?.[0].slice(0, length / 2) ?? ''
  const lines: string[] = []
  let rest = line
  while (rest.length > length) {
    const before = rest.lastIndexOf(' ', length)
    const at = before > indent.length ? before : rest.indexOf(' ', length)
    if (at < 0) break
    lines.push(rest.slice(0, at).trimEnd())
    rest = indent + rest.slice(at + 1).trimStart()
  }
  return [...lines, rest]
}
