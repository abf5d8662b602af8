const NUMBERED = /^\s*(\d+)(?:\s?[|│:→]\s?|\t)(.*)$/

/** The lines without their numbers; undefined if a line that is not blank has no number, or not the next one. */
export function readNumbers(lines: readonly string[]): string[] | undefined {
  let last: number | undefined
  const rest: string[] = []
  for (const line of lines) {
    const [, digits, text = ''] = NUMBERED.exec(line) ?? []
    if (digits === undefined) {
      if (line.trim() !== '') return undefined
      rest.push(line)
      continue
    }
    const number = Number(digits)
    if (last !== undefined && number !== last + 1) return undefined
    last = number
    rest.push(text)
  }
  return last === undefined ? undefined : rest
}
