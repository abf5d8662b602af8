const NUMBERED = /^\s*(?:L|Line )?(\d+)(?:\s?[|│:→]\s?|\t)(.*)$/
/** With blanks alone behind the number; what a line begins with itself follows them. */
const SPACED = /^\s*(\d+)[.)]?( .*|)$/

/** Lines that had numbers in front. */
export interface Numbered {
  readonly lines: string[]
  /** Whether blanks alone set the numbers off, as they do in lists and tables. */
  readonly areSpaced: boolean
}

/**
 * The lines without their numbers; undefined if a line that is not blank has no number, or not the next one. Where blanks alone
 * follow the numbers, each line loses as many as all have.
 */
export function readNumbers(lines: readonly string[]): Numbered | undefined {
  const numbered = readNumbered(lines, NUMBERED)
  if (numbered) return { lines: numbered, areSpaced: false }
  const spaced = withoutMargin(readNumbered(lines, SPACED))
  return spaced && { lines: spaced, areSpaced: true }
}

function readNumbered(lines: readonly string[], pattern: RegExp): string[] | undefined {
  let last: number | undefined
  const rest: string[] = []
  for (const line of lines) {
    const [, digits, text = ''] = pattern.exec(line) ?? []
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

function withoutMargin(lines: readonly string[] | undefined): string[] | undefined {
  const written = lines?.filter((line) => line.trim() !== '') ?? []
  if (!lines || written.length === 0) return undefined
  const margin = Math.min(...written.map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(margin))
}
